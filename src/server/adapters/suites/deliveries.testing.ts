import { answered, type Opened, type openConversation, outcomeOf } from './stores.testing.ts'

export const HOUR = 3_600_000

export type Place = Awaited<ReturnType<typeof openConversation>>

/** What tests of an outbox do with it. */
export const actsOn = (opened: Opened) => ({
  /** Answers the customer with each of these. */
  write: async (place: Place, contents: string[]) => {
    for (const content of contents) await opened().stores.journal.appendMessage(answered(place, { content }))
  },
  /** Ends a claim; as sent unless told. */
  end: (claimed: Parameters<typeof outcomeOf>[0], more: Parameters<typeof outcomeOf>[1] = {}) =>
    opened().stores.journal.append(outcomeOf(claimed, more)),
})
