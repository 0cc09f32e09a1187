import { foldForSpam } from './fold.ts'

/** No letter of a folded text more than twice in a row. */
export const collapseRuns = (folded: string): string => folded.replace(/(\p{L})\1{2,}/gu, '$1$1')

/** The text as the spam rules read it: folded and collapsed. Repeating it changes nothing. */
export const normaliseForSpam = (text: string): string => collapseRuns(foldForSpam(text))
