import type { Refusal } from '../../../components/settings/refusal.tsx'
import { answerOf } from '../../_client/trpc.ts'

/** Codes whose sentence carries what a platform said; the others have sentences of our own in the reader's language. */
const QUOTED: readonly (string | null)[] = ['invalid_input', 'unavailable']

/** A failed call as a form can show it. */
export const refusalOf = (error: { message: string } | null): Refusal | null => {
  if (!error) return null
  const code = answerOf(error)
  return QUOTED.includes(code) ? { code, words: error.message } : { code }
}
