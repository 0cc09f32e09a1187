import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { ConversationId } from '../../contract/ids.ts'
import { MAX_FRAME_BYTES } from '../../contract/limits.ts'
import { authenticateToken } from '../../core/accounts/authenticate.ts'
import { type Ctx, type Member, type MemberCtx, workspaceIds } from '../../core/context.ts'
import { isDomainError } from '../../core/errors.ts'
import type { SessionEnd } from '../../core/ports/live.ts'
import type { Doors, Origin } from '../../core/security/doors.ts'
import { answerPings } from '../control-frames.ts'
import { Outlet, Wire } from '../guarded-socket.ts'
import { refuseUpgrade } from '../refuse-upgrade.ts'
import { reportSocket } from '../report-socket.ts'
import type { WaitingRoom } from '../waiting-room.ts'
import { Admission } from './admission.ts'
import { ChatSocket } from './chat.ts'
import { Connection } from './connection.ts'
import { conversationList } from './conversation-list.ts'
import { customerList } from './customer-list.ts'
import { PagedList } from './paged-list.ts'
import { Rooms } from './rooms.ts'

/** Who has not answered one ping when the next is due is cut off: silence lasts no longer than two of these. */
export const PING_MS = 15_000
/** From the upgrade to the first answer; a client that is not let in by then may try again. */
const ADMISSION_MS = 10_000
/** Node's timers end at once beyond this; no socket lives so long. */
const MAX_TIMER_MS = 2 ** 31 - 1
const NO_RIGHT = 1008
const DRAIN = 1012
const TRY_AGAIN = 1013
const ENDINGS: Record<SessionEnd, string> = { over: 'Session ended', changed: 'Your rights have changed' }

const CHAT = /^\/ws\/chat\/([^/]+)\/?$/
const LIST = /^\/ws\/(conversations|customers)\/?$/
const LISTS = { conversations: conversationList, customers: customerList }
const TOO_MANY = 'Too many connections'
const KICKED = 'Disconnected by an administrator'

interface SocketPath {
  conversationId: string | undefined
  list: keyof typeof LISTS | undefined
}

interface Client {
  origin: Origin
  userAgent: string | undefined
  /** Says that it is known who this is. */
  leave(): void
}

interface Upgrade {
  socket: Duplex
  head: Buffer
  origin: Origin
}

interface Deps {
  doors: Pick<Doors, 'noteFailedAuth'>
  waitingRoom: WaitingRoom
  pingMs?: number
}

/** The raw protocol's sockets: those of `/ws/chat/{id}/`, `/ws/conversations/` and `/ws/customers/`. */
export class RawServer {
  private readonly wss = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    autoPong: false,
  })
  private readonly outlet = new Outlet()
  private readonly rooms: Rooms
  private readonly alive = new WeakSet<WebSocket>()
  /** Sockets that were let in, by what they are for. */
  readonly sizes = { chat: 0, conversations: 0, customers: 0 }
  private readonly renewals = new WeakMap<WebSocket, () => void>()
  private readonly timer: NodeJS.Timeout

  private readonly admission: Admission

  constructor(
    private readonly ctx: Ctx,
    private readonly deps: Deps,
  ) {
    this.rooms = new Rooms(ctx)
    this.admission = new Admission(deps.doors)
    this.timer = setInterval(() => this.ping(), deps.pingMs ?? PING_MS)
  }

  serves({ pathname }: URL): boolean {
    return CHAT.test(pathname) || LIST.test(pathname)
  }

  upgrade(url: URL, req: IncomingMessage, { socket, head, origin }: Upgrade) {
    const leave = this.deps.waitingRoom.enter(origin.address)
    if (!leave) return refuseUpgrade(socket, '429 Too Many Requests', { 'Retry-After': '10' })
    socket.once('close', leave)
    const userAgent = req.headers['user-agent']
    const path = { conversationId: CHAT.exec(url.pathname)?.[1], list: listOf(url) }
    this.wss.handleUpgrade(req, socket, head, (ws) => {
      // ws closes by itself with the code that says what was wrong; ending the socket here would cut that off.
      ws.on('error', () => {})
      this.watch(ws)
      ws.pause()
      void this.admit(new Wire(ws, socket, this.outlet), url, { ...path, origin, userAgent, leave }).catch(
        (error) => {
          this.ctx.log.error({ err: error }, 'A socket could not be opened')
          refuse(ws, TRY_AGAIN, 'Try again')
        },
      )
    })
  }

  /** Sends every client away to connect again elsewhere. */
  close() {
    clearInterval(this.timer)
    for (const ws of this.wss.clients) ws.close(DRAIN, 'Restarting')
    this.wss.close()
  }

  /** Until the client is let in nothing is read from it: what it says early waits on its side of the line. */
  private async admit(wire: Wire, url: URL, path: SocketPath & Client) {
    const { socket: ws } = wire
    const deadline = setTimeout(() => refuse(ws, TRY_AGAIN, 'Try again'), ADMISSION_MS)
    ws.once('close', () => clearTimeout(deadline))
    const person = await this.authenticate(url.searchParams.get('token') ?? '', path.origin)
    if (!person) return refuse(ws, NO_RIGHT, 'Authentication failed')
    const actor = { ...person, address: path.origin.address }
    const ctx: MemberCtx = { ...this.ctx, actor }
    const connection = new Connection(wire, ctx, randomUUID())
    const shown = await this.shownAt(connection, url, path)
    clearTimeout(deadline)
    if (!shown) return refuse(ws, NO_RIGHT, 'Conversation not found')
    const place = await this.admission.enter(ctx, connection.id)
    if (!place) return refuse(ws, TRY_AGAIN, TOO_MANY)
    if (ws.readyState !== ws.OPEN) return place.release()
    this.renewals.set(ws, place.renew)
    ws.on('close', place.release)
    path.leave()
    this.endWith(ws, actor)
    reportSocket(ctx, ws, { id: connection.id, ...shown.about, userAgent: path.userAgent }, () =>
      ws.close(NO_RIGHT, KICKED),
    )
    this.count(ws, path.list)
    connection.run(shown.handler)
    ws.resume()
  }

  private count(ws: WebSocket, list: string | undefined) {
    const kind = list === 'conversations' || list === 'customers' ? list : 'chat'
    this.sizes[kind]++
    ws.once('close', () => this.sizes[kind]--)
  }

  /** The socket ends with the session, with a role of its person's, and with the token it was opened by. */
  private endWith(ws: WebSocket, member: Member) {
    const end = (why: SessionEnd) => ws.close(NO_RIGHT, ENDINGS[why])
    const stop = this.ctx.sessions.watch(member, end)
    const left = (member.tokenExpiresAt ?? Number.POSITIVE_INFINITY) - this.ctx.clock.now()
    const timer = left < MAX_TIMER_MS ? setTimeout(() => end('over'), left) : undefined
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

  private async shownAt(connection: Connection, url: URL, { conversationId, list }: SocketPath) {
    if (!list) return this.chat(connection, conversationId ?? '')
    const handler = new PagedList(connection, LISTS[list], Object.fromEntries(url.searchParams))
    const about = { kind: `raw-${list}` as const, workspaceIds: workspaceIds(connection.ctx) }
    return { handler, about }
  }

  private async chat(connection: Connection, id: string) {
    if (!ConversationId.safeParse(id).success) return null
    const conversation = await this.ctx.conversations.find(workspaceIds(connection.ctx), id)
    if (!conversation) return null
    const about = { kind: 'raw-chat' as const, workspaceIds: [conversation.workspaceId], conversationId: id }
    return { handler: new ChatSocket(connection, this.rooms, conversation), about }
  }

  private watch(ws: WebSocket) {
    this.alive.add(ws)
    answerPings(ws, () => {
      this.alive.add(ws)
      this.renewals.get(ws)?.()
    })
  }

  private ping() {
    for (const ws of this.wss.clients) {
      if (!this.alive.has(ws)) ws.terminate()
      this.alive.delete(ws)
      ws.ping()
    }
  }
}

const listOf = ({ pathname }: URL): keyof typeof LISTS | undefined => {
  const name = LIST.exec(pathname)?.[1]
  return name === 'conversations' || name === 'customers' ? name : undefined
}

/** Closes a socket that was not read from so far; the client's answer to the close must be. */
function refuse(ws: WebSocket, code: number, reason: string) {
  ws.close(code, reason)
  ws.resume()
}
