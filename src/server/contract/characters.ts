/** Length of a text in Unicode code points, which is how every limit of ours is counted. */
export const codePoints = (text: string): number => {
  let count = 0
  for (const _ of text) count++
  return count
}

/** Length of a text in bytes of UTF-8. */
export const utf8Bytes = (text: string): number => {
  let count = 0
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0
    if (code < 0x80) count += 1
    else if (code < 0x800) count += 2
    else count += code < 0x10000 ? 3 : 4
  }
  return count
}

const UNSTORABLE = /[\0\p{Cs}]/u

/** True where a text holds NUL or half of a surrogate pair: PostgreSQL stores neither, so both are refused, never altered. */
export const isUnstorable = (text: string): boolean => UNSTORABLE.test(text)

const EACH_UNSTORABLE = new RegExp(UNSTORABLE, 'gu')

/** The text with a sign in the place of each of them: what platforms bring is always stored. */
export const storable = (text: string): string => text.replace(EACH_UNSTORABLE, '\uFFFD')

/** The same of every text and every key in a JSON value. */
export const holdsUnstorable = (value: unknown): boolean => {
  if (typeof value === 'string') return isUnstorable(value)
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([key, inner]) => isUnstorable(key) || holdsUnstorable(inner))
}

// Python's str.strip(), which the legacy clients were written against: it takes \x1c-\x1f and \x85 and leaves U+FEFF.
const PYTHON_SPACE =
  '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+'
const EDGES = new RegExp(`^${PYTHON_SPACE}|${PYTHON_SPACE}$`, 'g')

/** Removes the white space at both ends exactly as the original service did. */
export const strip = (text: string): string => text.replace(EDGES, '')
