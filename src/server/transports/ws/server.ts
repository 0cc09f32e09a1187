import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { ConversationId } from '../../contract/ids.ts'
import { MAX_FRAME_BYTES } from '../../contract/limits.ts'
import { authenticateSession, authenticateToken } from '../../core/accounts/authenticate.ts'
import { type Ctx, type Member, type MemberCtx, workspaceIds } from '../../core/context.ts'
import { ChatSocket } from './chat.ts'
import { Connection } from './connection.ts'
import { ListSocket } from './list.ts'
import { Rooms } from './rooms.ts'

const PING_MS = 20_000
const RECHECK_MS = 5_000
const DRAIN = 1012

const CHAT = /^\/ws\/chat\/([^/]+)\/?$/
const LIST = /^\/ws\/conversations\/?$/

/** The raw protocol's sockets: those of `/ws/chat/{id}/` and `/ws/conversations/`. */
export class RawServer {
  private readonly wss = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
  })
  private readonly rooms: Rooms
  private readonly alive = new WeakSet<WebSocket>()
  private readonly timer: NodeJS.Timeout

  constructor(private readonly ctx: Ctx) {
    this.rooms = new Rooms(ctx)
    this.timer = setInterval(() => this.ping(), PING_MS)
  }

  /** False where the path is not one of ours. */
  upgrade(url: URL, req: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    const chat = CHAT.exec(url.pathname)
    if (!chat && !LIST.test(url.pathname)) return false
    this.wss.handleUpgrade(req, socket, head, (ws) => {
      ws.on('error', () => ws.terminate())
      this.watch(ws)
      void this.admit(ws, url, chat?.[1]).catch((error) => {
        this.ctx.log.error({ err: error }, 'A socket could not be opened')
        ws.close(1013, 'Try again')
      })
    })
    return true
  }

  /** Sends every client away to connect again elsewhere. */
  close() {
    clearInterval(this.timer)
    for (const ws of this.wss.clients) ws.close(DRAIN, 'Restarting')
    this.wss.close()
  }

  private async admit(ws: WebSocket, url: URL, conversationId: string | undefined) {
    const early: unknown[][] = []
    const keep = (...args: unknown[]) => void (early.length < 64 && early.push(args))
    ws.on('message', keep)
    const actor = await authenticateToken(this.ctx, url.searchParams.get('token') ?? '').catch(() => null)
    if (!actor) return ws.close(1008, 'Authentication failed')
    const ctx: MemberCtx = { ...this.ctx, actor }
    const connection = new Connection(ws, ctx, randomUUID())
    const handler =
      conversationId === undefined
        ? new ListSocket(connection, Object.fromEntries(url.searchParams))
        : await this.chat(connection, conversationId)
    if (!handler) return ws.close(1008, 'Conversation not found')
    if (ws.readyState !== ws.OPEN) return
    this.recheck(ws, actor)
    ws.off('message', keep)
    connection.run(handler)
    for (const args of early) ws.emit('message', ...args)
  }

  private async chat(connection: Connection, id: string) {
    if (!ConversationId.safeParse(id).success) return null
    const conversation = await this.ctx.conversations.find(workspaceIds(connection.ctx), id)
    return conversation && new ChatSocket(connection, this.rooms, conversation)
  }

  /** A session that was revoked or ran out closes its sockets: at once where the bus says so, by the timer where it does not. */
  private recheck(ws: WebSocket, { sessionId }: Member) {
    const end = () => ws.close(1008, 'Session ended')
    const stop = this.ctx.bus.subscribe('sessions', (payload) => {
      if ((payload as { sessionId?: string }).sessionId === sessionId) end()
    })
    const timer = setInterval(() => void authenticateSession(this.ctx, sessionId).catch(end), RECHECK_MS)
    ws.on('close', () => {
      clearInterval(timer)
      stop()
    })
  }

  private watch(ws: WebSocket) {
    this.alive.add(ws)
    ws.on('pong', () => this.alive.add(ws))
  }

  private ping() {
    for (const ws of this.wss.clients) {
      if (!this.alive.has(ws)) ws.terminate()
      this.alive.delete(ws)
      ws.ping()
    }
  }
}
