import type { MediaOutcome } from '../../core/ports/platform.ts'
import { fields } from '../foreign.ts'
import { boundedBytes } from '../read-answer.ts'
import { callTelegram, type TelegramAnswer, type TelegramTarget } from './client.ts'
import { countOf } from './fields.ts'
import { describe, isDeadToken, isPassing, UNREACHABLE } from './outcome.ts'

/** How long one file may take altogether. */
const DOWNLOAD_MS = 120_000

/**
 * Opens a file that a customer sent. Its address holds the token, so it is made, used and forgotten here. Files over 20 MB
 * are not given out.
 */
export async function openMedia(
  target: TelegramTarget,
  ref: Record<string, string>,
  maxBytes: number,
): Promise<MediaOutcome> {
  const answer = await callTelegram(target, 'getFile', { file_id: ref.file_id ?? '' })
  const found = fileOf(answer)
  if ('outcome' in found) return found
  if (found.size !== null && found.size > maxBytes) return { outcome: 'failed', reason: 'too_big' }
  const opened = await download(target, found.path, maxBytes)
  return opened.outcome === 'open' ? { ...opened, size: opened.size ?? found.size } : opened
}

function fileOf(answer: TelegramAnswer): { path: string; size: number | null } | MediaOutcome {
  if (answer.kind !== 'answered') return again(UNREACHABLE)
  const { status, body, retryAfterMs } = answer
  if (!body.ok) {
    const error = describe(body)
    // With another token it may be there again.
    if (isPassing(status) || isDeadToken(status, error)) return again(error, retryAfterMs)
    return { outcome: 'failed', reason: /file is too big/i.test(error) ? 'too_big' : 'gone' }
  }
  const file = fields(body.result)
  const path = file?.file_path
  if (typeof path !== 'string' || !isPlainPath(path)) return { outcome: 'failed', reason: 'gone' }
  return { path, size: countOf(file?.file_size) }
}

// It becomes a part of an address beside the token.
const isPlainPath = (path: string): boolean =>
  /^[\w.-]+(?:\/[\w.-]+)*$/.test(path) && !path.split('/').some((part) => /^\.+$/.test(part))

async function download(
  { root, token }: TelegramTarget,
  path: string,
  maxBytes: number,
): Promise<MediaOutcome> {
  try {
    const response = await fetch(`${root.replace(/\/+$/, '')}/file/bot${token}/${path}`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(DOWNLOAD_MS),
    })
    const size = Number(response.headers.get('content-length') ?? Number.NaN)
    if (response.ok && !(size > maxBytes))
      return {
        outcome: 'open',
        size: Number.isFinite(size) ? size : null,
        bytes: boundedBytes(response.body, maxBytes),
      }
    await response.body?.cancel()
    if (response.ok) return { outcome: 'failed', reason: 'too_big' }
    const isGone = response.status === 404 || response.status === 410
    return isGone ? { outcome: 'failed', reason: 'gone' } : again(`HTTP ${response.status}`)
  } catch {
    return again(UNREACHABLE)
  }
}

const again = (error: string, retryAfterMs: number | null = null): MediaOutcome => ({
  outcome: 'retry',
  error,
  retryAfterMs,
})
