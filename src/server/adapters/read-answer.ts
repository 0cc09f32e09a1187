/** Longest answer read; those of the methods used here have some kilobytes. */
export const MAX_ANSWER_BYTES = 1024 * 1024

/** What a platform answered, unpacked. Throws where it goes on beyond the bound. */
export async function readAnswer(response: Response, maxBytes = MAX_ANSWER_BYTES): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > maxBytes) throw new Error('The answer is too long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
