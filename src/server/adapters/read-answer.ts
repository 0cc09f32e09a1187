import { DomainError, isDomainError } from '../core/errors.ts'

/** Longest answer read; those of the methods used here have some kilobytes. */
export const MAX_ANSWER_BYTES = 1024 * 1024

/** What a platform answered, unpacked. Throws where it goes on beyond the bound. */
export async function readAnswer(response: Response, maxBytes = MAX_ANSWER_BYTES): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of boundedBytes(response.body, maxBytes)) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

/** A stranger's bytes, as far as the bound. What breaks off fails without its words: they may name an address that is secret. */
export async function* boundedBytes(
  bytes: AsyncIterable<Uint8Array> | null,
  maxBytes: number,
): AsyncIterable<Uint8Array> {
  let size = 0
  try {
    for await (const piece of bytes ?? []) {
      size += piece.length
      if (size > maxBytes) throw new DomainError('too_large', 'The file is too large')
      yield piece
    }
  } catch (error) {
    throw isDomainError(error) ? error : new DomainError('unavailable', 'The file broke off')
  }
}
