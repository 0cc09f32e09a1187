import type { PollOutcome } from '../../core/ports/platform.ts'
import type { Fields } from '../foreign.ts'
import { callTelegram, type TelegramTarget } from './client.ts'
import { isId, listOf } from './fields.ts'
import { describe, UNREACHABLE } from './outcome.ts'
import { ALLOWED_UPDATES } from './parse.ts'

/** Telegram waits no longer for something to come, and gives no more at once. */
const WAIT_S = 50
const LIMIT = 100
const TIMEOUT_MS = (WAIT_S + 15) * 1000
/** Longest answer read: a hundred updates of the longest texts, spelt as badly as can be. */
const MAX_BYTES = 16 * 1024 * 1024

/** Asks for the updates from `next` on, which confirms those before it, and waits a while for some to come. */
export async function pollUpdates(
  target: TelegramTarget,
  next: number | null,
  signal: AbortSignal,
): Promise<PollOutcome> {
  const params = {
    timeout: WAIT_S,
    limit: LIMIT,
    allowed_updates: ALLOWED_UPDATES,
    ...(next !== null && { offset: next }),
  }
  const bounds = { timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES, signal }
  const answer = await callTelegram({ ...target, ...bounds }, 'getUpdates', params)
  if (answer.kind !== 'answered') return { outcome: 'retry', error: UNREACHABLE, retryAfterMs: null }
  const { status, body, retryAfterMs } = answer
  if (body.ok) return itemsOf(listOf(body.result), next)
  const error = describe(body)
  if (status === 409) return { outcome: 'conflict', error }
  // A server without the method answers 404, as it does to a token that is none.
  return status === 401 ? { outcome: 'stopped', error } : { outcome: 'retry', error, retryAfterMs }
}

function itemsOf(updates: Fields[], next: number | null): PollOutcome {
  const items = updates.map((update) => ({ account: null, raw: JSON.stringify(update) }))
  // Numbers may begin anew after a quiet week, so the newest is the last one, not the greatest.
  const last = updates.findLast(({ update_id }) => isId(update_id))?.update_id
  return { outcome: 'items', items, next: isId(last) ? last + 1 : next }
}
