import { readAllowedUpdates } from '../updates/update-kinds.ts'
import type { UpdateRouter } from '../updates/update-router.ts'
import type { Answer, Call, Method } from './call.ts'

const MAX_LIMIT = 100
const MAX_TIMEOUT_SECONDS = 50
const INT32: readonly [number, number] = [-(2 ** 31), 2 ** 31 - 1]
const WEBHOOK_IS_ACTIVE =
  "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"

export const getUpdates: Method = { name: 'getUpdates', run: poll }

async function poll({ bot: { updates }, params, gone }: Call): Promise<Answer> {
  if (updates.webhook !== null) throw await updates.poll.conflict(WEBHOOK_IS_ACTIVE)
  const offset = params.integer('offset', 0, INT32)
  updates.allowed = readAllowedUpdates(params.text('allowed_updates')) ?? updates.allowed
  const { limit, timeoutMs } = updates.poll.slowDown({
    offset,
    limit: params.integer('limit', MAX_LIMIT, [1, MAX_LIMIT]),
    timeoutMs: params.integer('timeout', 0, [0, MAX_TIMEOUT_SECONDS]) * 1000,
  })
  confirm(updates, offset)
  if (updates.queue.list(1).length === 0 && timeoutMs > 0) await updates.poll.wait(timeoutMs, gone)
  const page = updates.queue.list(limit, offset)
  return { result: page.map((update): unknown => JSON.parse(update.body)) }
}

/** A positive offset confirms what is before it; a negative one forgets all but the newest. */
function confirm({ queue }: UpdateRouter, offset: number): void {
  if (offset > 0) queue.confirmBefore(offset)
  if (offset < 0) queue.keepNewest(-offset)
}
