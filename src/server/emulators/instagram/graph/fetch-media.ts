import type { Media } from '../world/samples.ts'
import { graphError } from './graph-error.ts'

const MEGABYTE = 1_048_576
const TIMEOUT_MS = 10_000

/** What Instagram takes of each kind. */
const ACCEPTED: Record<string, { types: RegExp; maxBytes: number }> = {
  image: { types: /^image\/(png|jpe?g|gif)$/, maxBytes: 8 * MEGABYTE },
  audio: {
    types: /^(audio\/(aac|x-aac|m4a|x-m4a|wav|x-wav|wave|mp4|mpeg)|video\/mp4)$/,
    maxBytes: 25 * MEGABYTE,
  },
  video: { types: /^video\/(mp4|ogg|x-msvideo|avi|quicktime|webm)$/, maxBytes: 25 * MEGABYTE },
  file: { types: /^application\/pdf$/, maxBytes: 25 * MEGABYTE },
}

/** Fetches what the sender's link leads to, as Meta does, and refuses what is not of the kind or too large. */
export async function fetchMedia(kind: string, url: unknown): Promise<Media> {
  const accepted = ACCEPTED[kind]
  if (accepted === undefined || typeof url !== 'string' || !/^https?:\/\//i.test(url)) throw unfetchable()
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(() => null)
  if (!response?.ok || response.body === null) throw unfetchable()
  const mime = (response.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  const bytes = accepted.types.test(mime) ? await readUpTo(response.body, accepted.maxBytes) : null
  if (bytes !== null) return { bytes, mime }
  await response.body.cancel().catch(() => {})
  throw graphError(100, 2018047)
}

/** Null when it is longer, or nothing. */
async function readUpTo(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<Buffer | null> {
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = body.getReader()
  for (let part = await readPart(reader); part !== null; part = await readPart(reader)) {
    size += part.length
    chunks.push(part)
    if (size > maxBytes) {
      await reader.cancel().catch(() => {})
      return null
    }
  }
  reader.releaseLock()
  return size === 0 ? null : Buffer.concat(chunks)
}

async function readPart(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array | null> {
  const { value, done } = await reader.read().catch(() => {
    throw unfetchable()
  })
  return done ? null : value
}

function unfetchable() {
  return graphError(100, 2018008)
}
