import { storable } from '../contract/characters.ts'

/** An object of somebody else's, whatever is in it. */
export type Fields = Record<string, unknown>

export const fields = (value: unknown): Fields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null

/** A text with something in it, as it can be stored. */
export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? storable(value) : null

/** What a text says in JSON; undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
