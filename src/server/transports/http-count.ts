import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Metrics } from '../core/ports/metrics.ts'

type Handle = (req: IncomingMessage, res: ServerResponse) => void

const ROUTES: [path: RegExp, route: string][] = [
  [/^\/(healthz|readyz)$/, 'health'],
  [/^\/api\/v1\/message\/webhook\//, 'webhook'],
  [/^\/api\/v1\//, 'rest'],
  [/^\/api\/auth\//, 'sign_in'],
  [/^\/trpc\//, 'trpc'],
  [/^\/_next\//, 'asset'],
  [/^\/simulator(\/|$)/, 'simulator'],
]

const routeOf = (url = '/') => ROUTES.find(([path]) => path.test(url.split('?')[0] ?? ''))?.[1] ?? 'page'

/** The same handler, which counts its answers by the kind of route and their status. */
export const countingRequests =
  (handle: Handle, metrics: Metrics): Handle =>
  (req, res) => {
    const route = routeOf(req.url)
    // 499: who asked went away before there was an answer.
    res.once('close', () =>
      metrics.count('peyk_http_requests_total', route, res.headersSent ? String(res.statusCode) : '499'),
    )
    handle(req, res)
  }
