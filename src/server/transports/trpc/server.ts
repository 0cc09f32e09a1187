import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { TRPCError } from '@trpc/server'
import { nodeHTTPRequestHandler } from '@trpc/server/adapters/node-http'
import { applyWSSHandler } from '@trpc/server/adapters/ws'
import { WebSocket, WebSocketServer } from 'ws'
import { CONSOLE_ENDED, RIGHTS_CHANGED } from '../../contract/close-codes.ts'
import { MAX_BODY_BYTES, MAX_FRAME_BYTES } from '../../contract/limits.ts'
import { authenticateSession } from '../../core/accounts/authenticate.ts'
import type { Ctx, Member, MemberCtx } from '../../core/context.ts'
import { isDomainError } from '../../core/errors.ts'
import type { SessionEnd } from '../../core/ports/live.ts'
import { takePlace } from '../../core/security/place.ts'
import { answerPings } from '../control-frames.ts'
import { refuseUpgrade } from '../refuse-upgrade.ts'
import { reportSocket } from '../report-socket.ts'
import type { WaitingRoom } from '../waiting-room.ts'
import { appRouter } from './router.ts'
import { type TrpcContext, unauthenticated } from './trpc.ts'

/** Bytes that may wait in a console's socket: tRPC itself has no back-pressure, and one reader that stops would fill memory. */
const MAX_BUFFERED_BYTES = 8 * 1024 * 1024
const SESSION_ENDED = 4401
const TOO_SLOW = 1013
const TOO_MANY = 1013
const MAX_BATCH = 10
/** Who says nothing for as long as both is cut off. */
export const KEEP_ALIVE = { pingMs: 25_000, pongWaitMs: 8_000 }

class GuardedWebSocket extends WebSocket {
  override send(data: never, ...rest: never[]) {
    if (this.bufferedAmount <= MAX_BUFFERED_BYTES) return super.send(data, ...rest)
    this.close(TOO_SLOW, 'Too slow')
    this.terminate()
  }
}

interface Deps {
  ctx: Ctx
  readSessionId(cookieHeader: string | undefined): Promise<string | null>
  /** Where a request comes from, as far as it can be believed. */
  addressOf(req: IncomingMessage): string
  waitingRoom: WaitingRoom
  keepAlive?: typeof KEEP_ALIVE
}

/** tRPC over HTTP and over one WebSocket a console; both know the person by the session in the cookie. */
export class TrpcServer {
  private readonly wss = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    autoPong: false,
    WebSocket: GuardedWebSocket,
  })
  private readonly sockets

  constructor(private readonly deps: Deps) {
    this.sockets = applyWSSHandler({
      wss: this.wss,
      router: appRouter,
      createContext: ({ req }) => this.contextOf(req),
      onError: (failure) => this.note(failure),
      keepAlive: { enabled: true, ...KEEP_ALIVE, ...deps.keepAlive },
      maxBatchSize: MAX_BATCH,
    })
  }

  handle(req: IncomingMessage, res: ServerResponse, path: string) {
    return nodeHTTPRequestHandler({
      router: appRouter,
      req: req as never,
      res: res as never,
      path,
      maxBodySize: MAX_BODY_BYTES,
      maxBatchSize: MAX_BATCH,
      createContext: () => this.contextOf(req),
      onError: (failure) => this.note(failure),
    })
  }

  async upgrade(req: IncomingMessage, socket: Duplex, head: Buffer) {
    const leave = this.deps.waitingRoom.enter(this.deps.addressOf(req))
    if (!leave) return refuseUpgrade(socket, '429 Too Many Requests', { 'Retry-After': '10' })
    socket.once('close', leave)
    const [member, id] = [await this.findMember(req), randomUUID()]
    const place = member && (await this.takePlace(member, id))
    this.wss.handleUpgrade(req, socket, head, (ws) => {
      // ws closes by itself with the code that says what was wrong; ending the socket here would cut that off.
      ws.on('error', () => {})
      answerPings(ws)
      if (!member) return ws.close(SESSION_ENDED, 'Session ended')
      if (!place) return ws.close(TOO_MANY, 'Too many connections')
      ws.on('close', place.release)
      leave()
      this.endWith(ws, member.actor)
      const shown = { kind: 'console' as const, workspaceIds: [member.actor.workspaceId] }
      reportSocket(member, ws, { id, ...shown, userAgent: req.headers['user-agent'] }, () =>
        ws.close(CONSOLE_ENDED, 'Disconnected by an administrator'),
      )
      this.wss.emit('connection', ws, req)
    })
    if (place && !socket.writable) place.release()
  }

  private async takePlace(member: MemberCtx, id: string) {
    const place = await takePlace(member, 'console', id)
    if (!place) return null
    const beat = setInterval(place.renew, member.slots.beatMs)
    beat.unref()
    const release = () => {
      clearInterval(beat)
      place.release()
    }
    return { release }
  }

  /** How many consoles are connected. */
  get size(): number {
    return this.wss.clients.size
  }

  /** True where the request carries the cookie of a live console session. */
  async hasSession(req: IncomingMessage): Promise<boolean> {
    return (await this.findMember(req)) !== null
  }

  close() {
    this.sockets.broadcastReconnectNotification()
    for (const ws of this.wss.clients) ws.close(1012, 'Restarting')
    this.wss.close()
  }

  private endWith(ws: WebSocket, member: Member) {
    const end = (why: SessionEnd) =>
      why === 'over' ? ws.close(SESSION_ENDED, 'Session ended') : ws.close(RIGHTS_CHANGED, 'Rights changed')
    ws.on('close', this.deps.ctx.sessions.watch(member, end))
  }

  private note({ error, path }: { error: TRPCError; path: string | undefined }) {
    if (error.code !== 'INTERNAL_SERVER_ERROR' && error.code !== 'SERVICE_UNAVAILABLE') return
    // ws reports what a client did to its own socket (too large, not UTF-8) as an error of the connection.
    if (String((error.cause as { code?: string } | undefined)?.code).startsWith('WS_ERR_')) return
    this.deps.ctx.log.error({ err: error.cause ?? error, path }, 'A call failed')
  }

  private async contextOf(req: IncomingMessage): Promise<TrpcContext> {
    const sessionId = await this.deps.readSessionId(req.headers.cookie)
    const { ctx } = this.deps
    const address = this.deps.addressOf(req)
    return {
      connectionId: randomUUID(),
      signal: undefined,
      base: ctx,
      address,
      authenticate: async () => {
        if (!sessionId) throw unauthenticated()
        return this.authenticate(req, sessionId)
      },
    }
  }

  private async authenticate(req: IncomingMessage, sessionId: string): Promise<MemberCtx> {
    const member = await authenticateSession(this.deps.ctx, sessionId)
    return { ...this.deps.ctx, actor: { ...member, address: this.deps.addressOf(req) } }
  }

  /** Null for a session that is over; a database that is away is an error, not an end: the console connects again. */
  private async findMember(req: IncomingMessage): Promise<MemberCtx | null> {
    const sessionId = await this.deps.readSessionId(req.headers.cookie)
    if (sessionId === null) return null
    try {
      return await this.authenticate(req, sessionId)
    } catch (error) {
      if (isDomainError(error) && error.code === 'unauthenticated') return null
      throw error
    }
  }
}
