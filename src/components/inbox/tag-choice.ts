import { codePoints, isUnstorable, strip } from '../../server/contract/characters.ts'
import { MAX_NAME, type Tag } from '../../server/contract/customer.ts'

/** A tag of a customer; one without an id is made when the change is saved. */
export interface ChosenTag {
  id: number | null
  name: string
}

/** Suggestions shown at a time; typing narrows them. */
export const MAX_SUGGESTIONS = 8

const folded = (text: string) => strip(text).replace(/\s+/g, ' ').toLocaleLowerCase()

/** What could be added by what was typed: tags that exist, then the typed name itself where none is called so. */
export const suggestionsFor = (
  typed: string,
  known: readonly Tag[],
  chosen: readonly ChosenTag[],
): ChosenTag[] => {
  const words = folded(typed)
  const taken = new Set(chosen.map(({ name }) => folded(name)))
  const found = known.filter(({ name }) => folded(name).includes(words) && !taken.has(folded(name)))
  const isKnown = taken.has(words) || known.some(({ name }) => folded(name) === words)
  const name = strip(typed)
  const canMake = words !== '' && !isKnown && codePoints(name) <= MAX_NAME && !isUnstorable(name)
  return [...found.slice(0, MAX_SUGGESTIONS), ...(canMake ? [{ id: null, name }] : [])]
}

/** The tag that was typed to its end and not added: nobody means to lose it by saving. */
export const typedTag = (
  typed: string,
  known: readonly Tag[],
  chosen: readonly ChosenTag[],
): ChosenTag | null => {
  const words = folded(typed)
  if (words === '' || chosen.some(({ name }) => folded(name) === words)) return null
  const held = known.find(({ name }) => folded(name) === words)
  return held ?? suggestionsFor(typed, known, chosen).find(({ id }) => id === null) ?? null
}
