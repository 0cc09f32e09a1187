import type { IncomingMessage } from 'node:http'

/** A request's body, or null where it has more than `max` bytes, of which the rest is left unread, or was never sent whole. */
export async function readBytes(req: IncomingMessage, max: number): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    // The iterator must leave the socket open, or the refusal could not be answered.
    for await (const chunk of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > max) return null
      chunks.push(chunk)
    }
  } catch {
    // Whoever hangs up half-way hears no answer, and would else write an error of ours into the log each time.
    return null
  }
  return Buffer.concat(chunks)
}
