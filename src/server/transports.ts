import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { readSessionId } from './adapters/auth/console-cookie.ts'
import type { Container } from './container.ts'
import type { Network } from './contract/network.ts'
import { sessionCookieName } from './contract/session-cookie.ts'
import { publicFileUrl } from './core/files/links.ts'
import type { Demo } from './demo.ts'
import { isHttps, originOf } from './transports/address.ts'
import { createDoor } from './transports/door.ts'
import { createDownloads } from './transports/downloads/downloads.ts'
import { createFileServer } from './transports/files/files.ts'
import { createUploads } from './transports/files/uploads.ts'
import { createFirstResults } from './transports/first-results.ts'
import { createHttpHandler, urlOf } from './transports/http.ts'
import { countingRequests } from './transports/http-count.ts'
import { isAllowedOrigin, isSameOrigin } from './transports/origin.ts'
import { refuseUpgrade as refuse } from './transports/refuse-upgrade.ts'
import { createRest } from './transports/rest/rest.ts'
import { createSimulator } from './transports/simulator/simulator.ts'
import { TrpcServer } from './transports/trpc/server.ts'
import { WaitingRoom } from './transports/waiting-room.ts'
import { createInstagramWebhook } from './transports/webhooks/instagram.ts'
import { createTelegramWebhook } from './transports/webhooks/telegram.ts'
import { isDemoShop, sendDemoShop } from './transports/widget/demo-shop.ts'
import { createWidgetPages } from './transports/widget/pages.ts'
import { WidgetServer } from './transports/widget/server.ts'
import { createVisitorUploads } from './transports/widget/uploads.ts'
import { RawServer } from './transports/ws/server.ts'

interface Deps {
  container: Container
  demo: Demo | null
  publicUrl: string
  /** Who may open raw sockets from a page; null: any page, for a token is no cookie. */
  allowedOrigins: string[] | null
  trustedProxies: Network[]
  isDev: boolean
  nextHandler(req: IncomingMessage, res: ServerResponse): Promise<unknown>
}

/** Every wire, on one HTTP server: its `request` and `upgrade` listeners, and the door for Next. */
export function createTransports({
  container,
  demo,
  publicUrl,
  allowedOrigins,
  trustedProxies,
  isDev,
  nextHandler,
}: Deps) {
  const { ctx } = container
  const sessionCookie = sessionCookieName(publicUrl)
  const ofSession = (cookie: string | undefined) =>
    readSessionId(cookie, sessionCookie, container.secrets.auth)
  const { doors } = container
  const from = (req: IncomingMessage) => originOf(req, trustedProxies)
  const addressOf = (req: IncomingMessage) => from(req).address
  const waitingRoom = new WaitingRoom(ctx.settings.limits.unauthenticatedPerAddress)
  const trpc = new TrpcServer({ ctx, readSessionId: ofSession, addressOf, waitingRoom })
  const raw = new RawServer(ctx, { doors, waitingRoom })
  const fileUrlOf = (id: string, isThumb: boolean) => {
    const { pathname, search } = new URL(publicFileUrl(ctx, id, isThumb ? 'thumb' : 'full'))
    return pathname + search
  }
  const widget = new WidgetServer(ctx, { publicUrl, waitingRoom, urlOf: fileUrlOf })
  const pages = createWidgetPages(ctx, createVisitorUploads({ ctx, publicUrl, addressOf }))
  const rest = createRest({
    base: ctx,
    awaitResult: createFirstResults(ctx),
    originOf: from,
    noteFailedAuth: (origin) => doors.noteFailedAuth(origin),
  })
  const isBlocked = (req: IncomingMessage) => doors.blocked(from(req).address) !== null
  const request = createHttpHandler({
    isBlocked,
    hasSession: (req) => trpc.hasSession(req),
    addressOf,
    publicUrl,
    surroundingsOf: (req) => ({ isHttps: isHttps(req, publicUrl, trustedProxies), isDev }),
    isReady: container.isReady,
    trpc: (req, res, path) => trpc.handle(req, res, path),
    rest,
    download: createDownloads({ base: ctx, readSessionId: ofSession, addressOf }),
    file: createFileServer(ctx),
    upload: createUploads({ base: ctx, readSessionId: ofSession, addressOf }),
    webhook: createTelegramWebhook({
      ctx,
      kick: container.inbound.kick,
      addressOf: (req) => from(req).address,
    }),
    instagramWebhook: createInstagramWebhook({
      ctx,
      kick: container.inbound.kick,
      addressOf: (req) => from(req).address,
    }),
    simulator: demo && createSimulator({ stages: demo.stages, publicUrl }),
    widget: (req, res, url) => {
      if (demo && isDemoShop(req, url)) return sendDemoShop(res, { siteKey: demo.siteKey, url })
      return pages.serves(url) ? pages.handle(req, res, url) : null
    },
    next: nextHandler,
  })
  const upgrade = (req: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    const url = urlOf(req)
    if (!url) return refuse(socket, '400 Bad Request')
    if (/^\/trpc\/?$/.test(url.pathname)) {
      if (!isSameOrigin(req, publicUrl)) return refuse(socket, '403 Forbidden')
      return void trpc.upgrade(req, socket, head).catch(() => refuse(socket, '503 Service Unavailable'))
    }
    if (widget.serves(url)) {
      if (isBlocked(req)) return refuse(socket, '403 Forbidden')
      return widget.upgrade(url, req, { socket, head, address: addressOf(req) })
    }
    if (!raw.serves(url)) return refuse(socket, '404 Not Found')
    if (!isAllowedOrigin(req, allowedOrigins)) return refuse(socket, '403 Forbidden')
    if (isBlocked(req)) return refuse(socket, '403 Forbidden')
    raw.upgrade(url, req, { socket, head, origin: from(req) })
  }
  const about = {
    sessionCookie,
    demo: demo?.signIn ?? null,
    simulator: demo !== null,
    registration: ctx.settings.allowRegistration,
  }
  ctx.metrics.gauge('peyk_sockets', () => ({ console: trpc.size, widget: widget.size, ...raw.sizes }))
  const close = () => {
    trpc.close()
    raw.close()
    widget.close()
  }
  return { request: countingRequests(request, ctx.metrics), upgrade, door: createDoor(ctx, about), close }
}
