import { isDomainError } from '../../core/errors.ts'
import type { Fetching, FetchMedia } from '../../core/ports/fetch-media.ts'
import type { MediaOutcome } from '../../core/ports/platform.ts'

/** Opens a file by the address that came with its message, which Instagram lets end after a while. */
export async function openMedia(
  fetchMedia: FetchMedia,
  { url }: Record<string, string>,
  how: Fetching,
): Promise<MediaOutcome> {
  if (url === undefined) return { outcome: 'failed', reason: 'gone' }
  try {
    return { outcome: 'open', ...(await fetchMedia.open(url, how)) }
  } catch (error) {
    if (!isDomainError(error)) throw error
    if (error.code === 'too_large') return { outcome: 'failed', reason: 'too_big' }
    if (error.code === 'unavailable') return { outcome: 'retry', error: error.message, retryAfterMs: null }
    return { outcome: 'failed', reason: 'gone' }
  }
}
