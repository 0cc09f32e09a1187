import type { RequestListener, Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

type Where = { port?: number | undefined; host?: string | undefined }
/** `url` is scheme, host and port. */
type Listening = { url: string; port: number; close: () => Promise<void> }

const LOOPBACK = '127.0.0.1'

/** Serves HTTP, on a free loopback port unless told otherwise. `close` cuts what is open, once. */
export async function listen(
  answer: RequestListener,
  { port = 0, host = LOOPBACK }: Where = {},
): Promise<Listening> {
  const server = createServer(answer)
  await listening(server, port, host)
  const at = server.address() as AddressInfo
  const name = at.address.includes(':') ? `[${at.address}]` : at.address
  let closed: Promise<void> | null = null
  const close = () => {
    closed ??= shutDown(server)
    return closed
  }
  return { url: `http://${name}:${at.port}`, port: at.port, close }
}

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function shutDown(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
