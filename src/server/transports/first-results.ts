import type { Message } from '../contract/message.ts'
import type { Ctx } from '../core/context.ts'
import { type ExternalSendResult, immediateResult, PENDING, resultOf } from '../core/delivery/first-result.ts'

/** Waits for the first delivery attempt of a stored message, at most EXTERNAL_SEND_WAIT_MS. */
export const createFirstResults =
  (ctx: Ctx) =>
  async (workspaceId: number, message: Message): Promise<ExternalSendResult> => {
    const { externalSendWaitMs } = ctx.settings
    const immediate = immediateResult(message, externalSendWaitMs)
    if (immediate) return immediate
    let resolve: (result: ExternalSendResult) => void = () => {}
    const promise = new Promise<ExternalSendResult>((settle) => {
      resolve = settle
    })
    const timer = setTimeout(() => resolve(PENDING), externalSendWaitMs)
    const { head } = await ctx.journal.position(workspaceId)
    const stop = await ctx.feed.listen(workspaceId, head, (event) => {
      const result =
        event.type === 'delivery.attempted' && event.messageId === message.id ? resultOf(event) : null
      if (result) resolve(result)
    })
    // The attempt may have ended before anybody listened: then its outcome is already stored.
    const stored = await ctx.messages.find([workspaceId], message.id)
    if (stored?.delivery && ['failed', 'unconfirmed'].includes(stored.delivery.state))
      resolve({ success: false, error: stored.delivery.error ?? 'Unknown error' })
    try {
      return await promise
    } finally {
      clearTimeout(timer)
      stop()
    }
  }
