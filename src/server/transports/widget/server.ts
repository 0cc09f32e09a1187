import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import { WIDGET_REFUSED, WIDGET_TOO_MANY, WIDGET_UNPROVED } from '../../contract/close-codes.ts'
import { MAX_FRAME_BYTES } from '../../contract/limits.ts'
import type { UrlOf } from '../../contract/widget-shapes.ts'
import type { Ctx, VisitorCtx } from '../../core/context.ts'
import { isDomainError } from '../../core/errors.ts'
import type { VisitorClaims } from '../../core/ports/visitor-tokens.ts'
import { WEBSITES_TOPIC } from '../../core/websites/website.ts'
import { answerPings } from '../control-frames.ts'
import { Outlet, Wire } from '../guarded-socket.ts'
import { isSameOrigin } from '../origin.ts'
import { readFrame } from '../read-frame.ts'
import { refuseUpgrade } from '../refuse-upgrade.ts'
import type { WaitingRoom } from '../waiting-room.ts'
import { Hub } from './hub.ts'
import { type Lease, leaseOf } from './lease.ts'
import { takePlaces } from './places.ts'
import { VisitorSocket } from './visitor-socket.ts'

const PING_MS = 15_000
const ADMISSION_MS = 10_000
/** Frames of one visitor that may wait for the ones before them. */
const MAX_WAITING_FRAMES = 64
const DRAIN = 1012
const TRY_AGAIN = 1013

interface Upgrade {
  socket: Duplex
  head: Buffer
  address: string
}

interface Deps {
  publicUrl: string
  waitingRoom: WaitingRoom
  urlOf: UrlOf
  pingMs?: number
}

/** The sockets of websites' visitors: `/ws/widget/?token=`. */
export class WidgetServer {
  private readonly wss = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    autoPong: false,
  })
  private readonly outlet = new Outlet()
  private readonly hub: Hub
  private readonly alive = new WeakSet<WebSocket>()
  private readonly open = new Map<WebSocket, { channelId: number; renew(): void }>()
  private readonly timer: NodeJS.Timeout
  private readonly unsubscribe: () => void

  constructor(
    private readonly ctx: Ctx,
    private readonly deps: Deps,
  ) {
    this.hub = new Hub(ctx)
    this.timer = setInterval(() => this.ping(), deps.pingMs ?? PING_MS)
    this.unsubscribe = ctx.bus.subscribe(WEBSITES_TOPIC, (channelId) => this.sendAway(channelId))
  }

  /** Visitors who were let in. */
  get size(): number {
    return this.open.size
  }

  serves({ pathname }: URL): boolean {
    return /^\/ws\/widget\/?$/.test(pathname)
  }

  upgrade(url: URL, req: IncomingMessage, { socket, head, address }: Upgrade) {
    const leave = this.deps.waitingRoom.enter(address)
    if (!leave) return refuseUpgrade(socket, '429 Too Many Requests', { 'Retry-After': '10' })
    socket.once('close', leave)
    this.wss.handleUpgrade(req, socket, head, (ws) => {
      ws.on('error', () => {})
      this.watch(ws)
      ws.pause()
      const token = url.searchParams.get('token') ?? ''
      void this.admit(new Wire(ws, socket, this.outlet), req, { token, address, leave }).catch((error) => {
        this.ctx.log.error({ err: error }, 'A visitor’s socket could not be opened')
        refuse(ws, TRY_AGAIN, 'Try again')
      })
    })
  }

  /** Sends every visitor away to connect again elsewhere. */
  close() {
    clearInterval(this.timer)
    this.unsubscribe()
    for (const ws of this.wss.clients) ws.close(DRAIN, 'Restarting')
    this.wss.close()
  }

  private async admit(
    wire: Wire,
    req: IncomingMessage,
    { token, address, leave }: { token: string; address: string; leave(): void },
  ) {
    const { socket: ws } = wire
    const deadline = setTimeout(() => refuse(ws, TRY_AGAIN, 'Try again'), ADMISSION_MS)
    ws.once('close', () => clearTimeout(deadline))
    const claims = await this.ctx.visitorTokens.verify(token, this.ctx.clock.now())
    if (typeof claims === 'string') return refuse(ws, WIDGET_UNPROVED, `This token is ${claims}`)
    if (!this.isOwnPage(req, claims)) return refuse(ws, WIDGET_REFUSED, 'This page may not use the widget')
    const id = randomUUID()
    const place = await takePlaces(this.ctx, claims, { id, address })
    if (!place) return refuse(ws, WIDGET_TOO_MANY, 'Too many connections')
    ws.once('close', place.release)
    if (ws.readyState !== ws.OPEN) return place.release()
    clearTimeout(deadline)
    leave()
    this.run(wire, claims, { id, address, renew: place.renew })
  }

  private run(wire: Wire, claims: VisitorClaims, at: { id: string; address: string; renew(): void }) {
    const { socket: ws } = wire
    const { workspaceId, channelId, sourceId, name, email } = claims
    const actor = {
      kind: 'visitor' as const,
      workspaceId,
      channelId,
      sourceId,
      name,
      email,
      address: at.address,
    }
    const ctx: VisitorCtx = { ...this.ctx, actor }
    const visitor = new VisitorSocket(ctx, wire, {
      hub: this.hub,
      urlOf: this.deps.urlOf,
      connectionId: at.id,
    })
    const lease = leaseOf(this.ctx, ws, claims)
    this.open.set(ws, { channelId, renew: at.renew })
    const queue = this.queueOf(ws, visitor)
    queue(() => visitor.open())
    ws.on('message', (data, isBinary) => this.receive({ visitor, queue, lease }, data, isBinary))
    ws.once('close', () => {
      this.open.delete(ws)
      lease.end()
      visitor.close()
    })
    ws.resume()
  }

  private receive({ visitor, queue, lease }: Talk, data: RawData, isBinary: boolean) {
    const frame = readFrame(data, isBinary)
    if (typeof frame === 'string') return queue(async () => visitor.refuse(frame, 'invalid_input'))
    if (frame.type === 'ping')
      return queue(async () => visitor.send({ type: 'pong', timestamp: new Date().toISOString() }))
    if (frame.type === 'renew') return queue(() => lease.renew(frame.token))
    queue(() => visitor.frame(frame))
  }

  /** Frames of one visitor are handled one after another; what they say wrong is answered, never fatal. */
  private queueOf(ws: WebSocket, visitor: VisitorSocket) {
    let [chain, waiting] = [Promise.resolve(), 0]
    return (task: () => Promise<void>) => {
      if (waiting >= MAX_WAITING_FRAMES) return ws.close(TRY_AGAIN, 'Too many frames')
      waiting++
      chain = chain.then(async () => {
        waiting--
        if (ws.readyState !== ws.OPEN) return
        await task().catch((error) => this.fail(visitor, error))
      })
    }
  }

  private fail(visitor: VisitorSocket, error: unknown) {
    if (isDomainError(error) && error.code !== 'internal') return visitor.refuse(error.message, error.code)
    this.ctx.log.error({ err: error }, 'A visitor’s frame could not be handled')
    visitor.refuse('Internal server error', 'internal')
  }

  /** Our own frame in the page, or the very page that the token was given to. */
  private isOwnPage(req: IncomingMessage, { origin }: VisitorClaims): boolean {
    return req.headers.origin === origin || isSameOrigin(req, this.deps.publicUrl)
  }

  private sendAway(channelId: unknown) {
    for (const [ws, held] of this.open)
      if (held.channelId === channelId) ws.close(WIDGET_UNPROVED, 'The website has changed')
  }

  private watch(ws: WebSocket) {
    this.alive.add(ws)
    answerPings(ws, () => {
      this.alive.add(ws)
      this.open.get(ws)?.renew()
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

interface Talk {
  visitor: VisitorSocket
  queue(task: () => Promise<void>): void
  lease: Lease
}

/** Closes a socket that was not read from so far; the client's answer to the close must be. */
function refuse(ws: WebSocket, code: number, reason: string) {
  ws.close(code, reason)
  ws.resume()
}
