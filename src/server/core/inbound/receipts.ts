import { platformOf } from '../channels/platform-of.ts'
import type { Ctx } from '../context.ts'
import { createErrands } from '../errands.ts'
import type { RawEvent } from '../ports/inbox.ts'

/** Receipts given at once by this node; beyond that the platform ends the customer's waiting by itself. */
const MAX_GIVING = 16

interface Receipts {
  /** Tells in the background that something arrived which its customer sees wait for us. */
  give(event: RawEvent, receipt: string | undefined): void
  idle(): Promise<void>
}

/** Ends the waiting of customers for what they pressed, once it is stored. */
export function createReceipts(ctx: Ctx): Receipts {
  const giving = createErrands(MAX_GIVING)
  return {
    give({ channelId, source }, receipt) {
      const platform = platformOf(ctx, source)
      if (receipt === undefined || !platform?.acknowledge) return
      giving.run(
        async () => {
          const channel = await ctx.channels.findById(channelId)
          if (channel) await platform.acknowledge?.(channel, receipt)
        },
        (err) => ctx.log.warn({ channelId, err }, 'A receipt could not be given'),
      )
    },
    idle: giving.idle,
  }
}
