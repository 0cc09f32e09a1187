import type { IncomingMessage } from 'node:http'

/** A request's body, or null where it has more than `max` bytes: the rest is left unread. */
export async function readBytes(req: IncomingMessage, max: number): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let size = 0
  // The iterator must leave the socket open, or the refusal could not be answered.
  for await (const chunk of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > max) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
