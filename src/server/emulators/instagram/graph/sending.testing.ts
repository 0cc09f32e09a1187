import { createServer } from 'node:http'
import { refOf, startCast } from '../emulator.testing.ts'

export const NOON = Date.UTC(2026, 10, 22, 12)
export const HOUR = 3_600_000

/** The cast with Kim having written, so that the account may answer. */
export async function startOpen(options: Parameters<typeof startCast>[0] = {}) {
  const cast = await startCast(options)
  cast.write(cast.kim, 'hello')
  const post = (body: object) => cast.graph('/v23.0/me/messages', { body })
  const toKim = { recipient: { id: cast.kim.igsid } }
  const sent = () => cast.emulator.listMessages(refOf(cast.kim)).filter(({ from }) => from === 'account')
  return { ...cast, post, toKim, sent }
}

/** Somebody's own file at a link. */
export async function startFiles({
  status = 200,
  mime,
  body,
}: {
  status?: number
  mime: string
  body: Buffer
}) {
  const files = { asked: 0, url: '', [Symbol.asyncDispose]: async () => void server.close() }
  const server = createServer((_, response) => {
    files.asked += 1
    response.writeHead(status, { 'content-type': mime }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  files.url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/file`
  return files
}
