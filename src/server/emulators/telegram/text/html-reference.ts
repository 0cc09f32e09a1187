const NAMED = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
])
const REFERENCE = /&(?:#x([0-9a-fA-F]*)|#([0-9]*)|([A-Za-z]*));?/y
const MAX_NUMERIC_LENGTH = 10
const LAST_CODE_POINT = 0x10ffff

/** Reads the character reference at `at`, or null where Telegram leaves the ampersand as it is. */
export function readReference(source: string, at: number): { text: string; end: number } | null {
  REFERENCE.lastIndex = at
  const match = REFERENCE.exec(source)
  if (match === null) return null
  const [whole, hex, decimal, name] = match
  const end = at + whole.length
  if (name !== undefined) {
    const text = NAMED.get(name)
    return text === undefined ? null : { text, end }
  }
  const code = hex !== undefined ? Number.parseInt(hex, 16) : Number.parseInt(decimal ?? '', 10)
  const digits = whole.endsWith(';') ? whole.length - 1 : whole.length
  if (!(code > 0 && code < LAST_CODE_POINT) || digits >= MAX_NUMERIC_LENGTH) return null
  return { text: String.fromCodePoint(code), end }
}

/** The text with every reference that Telegram knows replaced. */
export function decodeReferences(source: string): string {
  let decoded = ''
  for (let at = 0; at < source.length; ) {
    const reference = source[at] === '&' ? readReference(source, at) : null
    decoded += reference?.text ?? source[at]
    at = reference?.end ?? at + 1
  }
  return decoded
}
