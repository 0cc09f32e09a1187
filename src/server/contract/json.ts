import { MAX_JSON_DEPTH } from './limits.ts'

/** What a JSON text says. Throws where it is malformed or nested too deep. */
export function parseJson(text: string): unknown {
  if (isTooDeep(text)) throw new SyntaxError('Nested too deep')
  return JSON.parse(text)
}

// Counted over the raw text: parsing 200,000 nested arrays succeeds, and everything that walks the result overflows the
// stack. Opening brackets alone decide whether the texts between them must be told apart: closing ones in a text count nothing.
const isTooDeep = (text: string) => {
  let opened = 0
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i)
    if ((char === 0x7b || char === 0x5b) && ++opened > MAX_JSON_DEPTH) return inString(text)
  }
  return false
}

const inString = (text: string) => {
  let depth = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const char = text[i]
    if (quoted && char === '\\') i++
    else if (char === '"') quoted = !quoted
    else if (!quoted && (char === '{' || char === '[') && ++depth > MAX_JSON_DEPTH) return true
    else if (!quoted && (char === '}' || char === ']')) depth--
  }
  return false
}
