import type { LiveEvent } from '../contract/event.ts'
import type { Ctx } from '../core/context.ts'
import { type ExternalSendResult, immediateResult, PENDING, resultOf } from '../core/delivery/first-result.ts'
import type { AppendedMessage } from '../core/ports/journal.ts'

/** Events looked through for an attempt that ended before anybody listened. */
const MAX_LOOK_BACK = 500

/** Waits for the first delivery attempt of a stored message, at most EXTERNAL_SEND_WAIT_MS. */
export const createFirstResults =
  (ctx: Ctx) =>
  async (sent: AppendedMessage): Promise<ExternalSendResult> =>
    immediateResult(sent.message, ctx.settings.externalSendWaitMs) ?? waitForResult(ctx, sent)

async function waitForResult(ctx: Ctx, { workspaceId, message, event }: AppendedMessage) {
  let resolve: (result: ExternalSendResult) => void = () => {}
  const promise = new Promise<ExternalSendResult>((settle) => {
    resolve = settle
  })
  const hear = (heard: LiveEvent) => {
    const result =
      heard.type === 'delivery.attempted' && heard.messageId === message.id ? resultOf(heard) : null
    if (result) resolve(result)
  }
  const timer = setTimeout(() => resolve(PENDING), ctx.settings.externalSendWaitMs)
  const { head } = await ctx.journal.position(workspaceId)
  const stop = await ctx.feed.listen(workspaceId, head, hear)
  try {
    // The attempt may have ended before anybody listened: then its outcome stands in the log behind the message.
    const after = event?.seq ?? Math.max(0, head - MAX_LOOK_BACK)
    for (const logged of (await ctx.journal.read(workspaceId, after, MAX_LOOK_BACK)).events) hear(logged)
    return await promise
  } finally {
    clearTimeout(timer)
    stop()
  }
}
