import type { RawData } from 'ws'
import { MAX_JSON_DEPTH } from '../../contract/limits.ts'

export type Frame = Record<string, unknown> & { type?: unknown }

/** A client frame as an object, or the legacy text of what is wrong with it. */
export function readFrame(data: RawData, isBinary: boolean): Frame | string {
  if (isBinary) return 'Binary frames are not supported'
  const text = data.toString()
  if (isTooDeep(text)) return 'Invalid JSON format'
  try {
    const frame: unknown = JSON.parse(text)
    return typeof frame === 'object' && frame !== null && !Array.isArray(frame)
      ? (frame as Frame)
      : 'Frame must be a JSON object'
  } catch {
    return 'Invalid JSON format'
  }
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
