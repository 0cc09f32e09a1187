import { createServer, type Server } from 'node:http'

interface Deps {
  host: string
  port: number
  read(): Promise<{ type: string; body: string }>
}

/** Answers `/metrics` and nothing else, on a port of its own: what it tells is for the operator's network. */
export async function serveMetrics({ host, port, read }: Deps): Promise<Server> {
  const server = createServer({ headersTimeout: 5_000, requestTimeout: 5_000 }, (req, res) => {
    const isAsked = req.method === 'GET' && /^\/metrics(\?|$)/.test(req.url ?? '')
    if (!isAsked) return res.writeHead(404).end()
    read().then(
      ({ type, body }) => res.writeHead(200, { 'content-type': type }).end(body),
      () => res.writeHead(500).end(),
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', () =>
      reject(
        Object.assign(new Error(`METRICS_PORT ${port} is taken; set it to another one.`), {
          code: 'no_port',
        }),
      ),
    )
    server.listen(port, host, resolve)
  })
  return server
}
