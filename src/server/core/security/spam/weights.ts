import type { SpamCode } from '../../../contract/spam.ts'

/** Points for each time a reason applies, and how many times count. */
export interface Weight {
  points: number
  most: number
}

/** From this score on a message is held in Spam, where agents see it. */
export const HOLD = 50
/** From this score on a message is refused, where its sender sees the answer. */
export const REFUSE = 100

/**
 * No single sign holds a message, unless it is there to excess: a customer may shout, repeat, burst, or name a betting site.
 * Two signs that spam has together, such as a phrase and a link from a stranger, do. Capitals and first links only tip.
 */
export const WEIGHTS: Readonly<Record<SpamCode, Weight>> = {
  many_links: { points: 10, most: 6 },
  first_message_link: { points: 15, most: 1 },
  shortened_link: { points: 20, most: 2 },
  repeated_text: { points: 20, most: 5 },
  repeated_letters: { points: 20, most: 3 },
  all_caps: { points: 10, most: 1 },
  spam_phrase: { points: 35, most: 4 },
  phone_and_link_only: { points: 15, most: 2 },
  hidden_characters: { points: 20, most: 3 },
  zalgo: { points: 30, most: 2 },
  flood: { points: 25, most: 4 },
}
