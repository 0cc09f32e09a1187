import { z } from 'zod'
import { Instant } from './customer.ts'

/** What a window is made of; missing where the platform has none. */
export const WindowFacts = z.object({
  /** Null where the customer never wrote. */
  lastCustomerAt: Instant.nullable(),
  /** Whether the platform has granted the tag for people to this channel. */
  isHumanAgentOn: z.boolean(),
})
export type WindowFacts = z.infer<typeof WindowFacts>
