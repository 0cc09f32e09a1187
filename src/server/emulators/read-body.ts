import type { IncomingMessage } from 'node:http'

export class BodyTooLarge extends Error {}

/** The whole body; one that is longer than the bound is given up at once. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  // The iterator must leave the socket open, or the refusal could not be answered.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += (chunk as Buffer).length
    if (size > maxBytes) throw new BodyTooLarge(`the body is longer than ${maxBytes} bytes`)
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks)
}
