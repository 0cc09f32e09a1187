import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { ConversationId } from '../../contract/ids.ts'
import { MAX_FRAME_BYTES } from '../../contract/limits.ts'
import { authenticateToken } from '../../core/accounts/authenticate.ts'
import { type Ctx, type Member, type MemberCtx, workspaceIds } from '../../core/context.ts'
import { isDomainError } from '../../core/errors.ts'
import type { Doors, Origin } from '../../core/security/doors.ts'
import { Admission } from './admission.ts'
import { ChatSocket } from './chat.ts'
import { Connection } from './connection.ts'
import { conversationList } from './conversation-list.ts'
import { customerList } from './customer-list.ts'
import { Outlet, Wire } from './guarded-socket.ts'
import { type ListKind, PagedList } from './paged-list.ts'
import { Rooms } from './rooms.ts'

const PING_MS = 20_000
/** From the upgrade to the first answer; a client that is not let in by then may try again. */
const ADMISSION_MS = 10_000
/** Node's timers end at once beyond this; no socket lives so long. */
const MAX_TIMER_MS = 2 ** 31 - 1
const NO_RIGHT = 1008
const DRAIN = 1012
const TRY_AGAIN = 1013

const CHAT = /^\/ws\/chat\/([^/]+)\/?$/
const LIST = /^\/ws\/(conversations|customers)\/?$/
const LISTS: Record<string, ListKind> = { conversations: conversationList, customers: customerList }

interface SocketPath {
  conversationId: string | undefined
  list: string | undefined
}

interface Upgrade {
  socket: Duplex
  head: Buffer
  origin: Origin
}

/** The raw protocol's sockets: those of `/ws/chat/{id}/`, `/ws/conversations/` and `/ws/customers/`. */
export class RawServer {
  private readonly wss = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
  })
  private readonly outlet = new Outlet()
  private readonly rooms: Rooms
  private readonly alive = new WeakSet<WebSocket>()
  private readonly timer: NodeJS.Timeout

  private readonly admission: Admission

  constructor(
    private readonly ctx: Ctx,
    doors: Pick<Doors, 'noteFailedAuth'>,
  ) {
    this.rooms = new Rooms(ctx)
    this.admission = new Admission(ctx, doors)
    this.timer = setInterval(() => this.ping(), PING_MS)
  }

  serves({ pathname }: URL): boolean {
    return CHAT.test(pathname) || LIST.test(pathname)
  }

  upgrade(url: URL, req: IncomingMessage, { socket, head, origin }: Upgrade) {
    const path = { conversationId: CHAT.exec(url.pathname)?.[1], list: LIST.exec(url.pathname)?.[1] }
    this.wss.handleUpgrade(req, socket, head, (ws) => {
      // ws closes by itself with the code that says what was wrong; ending the socket here would cut that off.
      ws.on('error', () => {})
      this.watch(ws)
      ws.pause()
      void this.admit(new Wire(ws, socket, this.outlet), url, { ...path, origin }).catch((error) => {
        this.ctx.log.error({ err: error }, 'A socket could not be opened')
        refuse(ws, TRY_AGAIN, 'Try again')
      })
    })
  }

  /** Sends every client away to connect again elsewhere. */
  close() {
    clearInterval(this.timer)
    for (const ws of this.wss.clients) ws.close(DRAIN, 'Restarting')
    this.wss.close()
  }

  /** Until the client is let in nothing is read from it: what it says early waits on its side of the line. */
  private async admit(wire: Wire, url: URL, path: SocketPath & { origin: Origin }) {
    const { socket: ws } = wire
    const known = this.admission.wait(path.origin.address)
    if (!known) return refuse(ws, TRY_AGAIN, 'Too many connections')
    ws.once('close', known)
    const deadline = setTimeout(() => refuse(ws, TRY_AGAIN, 'Try again'), ADMISSION_MS)
    ws.once('close', () => clearTimeout(deadline))
    const person = await this.authenticate(url.searchParams.get('token') ?? '', path.origin)
    if (!person) return refuse(ws, NO_RIGHT, 'Authentication failed')
    const actor = { ...person, address: path.origin.address }
    const ctx: MemberCtx = { ...this.ctx, actor }
    const connection = new Connection(wire, ctx, randomUUID())
    const handler = await this.handlerOf(connection, url, path)
    clearTimeout(deadline)
    if (!handler) return refuse(ws, NO_RIGHT, 'Conversation not found')
    const place = await this.admission.enter(actor, connection.id)
    if (typeof place === 'string') return refuse(ws, TRY_AGAIN, place)
    if (ws.readyState !== ws.OPEN) return place.release()
    ws.on('pong', place.renew)
    ws.on('close', place.release)
    known()
    this.endWith(ws, actor)
    connection.run(handler)
    ws.resume()
  }

  /** The socket ends with the session, and with the token it was opened by. */
  private endWith(ws: WebSocket, { sessionId, tokenExpiresAt = Number.POSITIVE_INFINITY }: Member) {
    const end = () => ws.close(NO_RIGHT, 'Session ended')
    const stop = this.ctx.sessions.watch(sessionId, end)
    const left = tokenExpiresAt - this.ctx.clock.now()
    const timer = left < MAX_TIMER_MS ? setTimeout(end, left) : undefined
    ws.on('close', () => {
      clearTimeout(timer)
      stop()
    })
  }

  /** Null for a token that proves nobody; what fails otherwise says nothing about the token. */
  private async authenticate(token: string, origin: Origin): Promise<Member | null> {
    try {
      return await authenticateToken(this.ctx, token)
    } catch (error) {
      if (!isDomainError(error) || (error.code !== 'unauthenticated' && error.code !== 'forbidden'))
        throw error
      if (error.cause === 'invalid') await this.admission.noteFailedAuth(origin)
      return null
    }
  }

  private async handlerOf(connection: Connection, url: URL, { conversationId, list }: SocketPath) {
    const kind = LISTS[list ?? '']
    if (kind) return new PagedList(connection, kind, Object.fromEntries(url.searchParams))
    return this.chat(connection, conversationId ?? '')
  }

  private async chat(connection: Connection, id: string) {
    if (!ConversationId.safeParse(id).success) return null
    const conversation = await this.ctx.conversations.find(workspaceIds(connection.ctx), id)
    return conversation && new ChatSocket(connection, this.rooms, conversation)
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

/** Closes a socket that was not read from so far; the client's answer to the close must be. */
function refuse(ws: WebSocket, code: number, reason: string) {
  ws.close(code, reason)
  ws.resume()
}
