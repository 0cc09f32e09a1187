import { MAX_JSON_DEPTH, MAX_JSON_MEMBERS } from './limits.ts'

const BRACE = 0x7b
const BRACKET = 0x5b
const COLON = 0x3a

/** What a JSON text says. Throws where it is malformed, nested too deep, or has too many keys. */
export function parseJson(text: string): unknown {
  if (mayBeMonstrous(text) && isMonstrous(text)) throw new SyntaxError('Nested too deep, or too many keys')
  return JSON.parse(text)
}

// Counted over the raw text: parsing 200,000 nested arrays succeeds, and everything that walks the result overflows the
// stack; 100,000 keys held up a busy node for a second. Opening brackets and colons alone decide whether the texts between
// them must be told apart.
const mayBeMonstrous = (text: string) => {
  let opened = 0
  let members = 0
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i)
    if (char === BRACE || char === BRACKET) opened++
    else if (char === COLON) members++
    if (opened > MAX_JSON_DEPTH || members > MAX_JSON_MEMBERS) return true
  }
  return false
}

const isMonstrous = (text: string) => {
  let depth = 0
  let members = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const char = text[i]
    if (quoted && char === '\\') i++
    else if (char === '"') quoted = !quoted
    else if (quoted) continue
    else if (char === '{' || char === '[') depth++
    else if (char === '}' || char === ']') depth--
    else if (char === ':') members++
    if (depth > MAX_JSON_DEPTH || members > MAX_JSON_MEMBERS) return true
  }
  return false
}
