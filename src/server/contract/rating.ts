import { toComment } from './comment.ts'
import { Feedback } from './message.ts'

/** What a raw frame or a REST body says of an answer, or the legacy text of what is wrong with it. */
export function readRating(given: Record<string, unknown>): { feedback: Feedback; comment: string } | string {
  const { feedback: said } = given
  const feedback = Feedback.safeParse(typeof said === 'string' ? said.toLowerCase() : said)
  if (!feedback.success) return 'Invalid feedback type. Must be "positive", "negative", or "none"'
  const comment = toComment(given.comment)
  return comment === null ? 'comment must be a text' : { feedback: feedback.data, comment }
}
