import { expect, it } from 'vitest'
import { parseJson } from './json.ts'
import { MAX_JSON_DEPTH, MAX_JSON_MEMBERS } from './limits.ts'

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
const withKeys = (count: number) =>
  `{${Array.from({ length: count }, (_, index) => `"${index}":0`).join(',')}}`

it('reads what is nested as deep and has as many keys as is allowed', () => {
  expect(parseJson(nested(MAX_JSON_DEPTH))).toEqual(JSON.parse(nested(MAX_JSON_DEPTH)))
  expect(Object.keys(parseJson(withKeys(MAX_JSON_MEMBERS)) as object)).toHaveLength(MAX_JSON_MEMBERS)
})

it('refuses one level and one key more, however they are spread', () => {
  for (const text of [
    nested(MAX_JSON_DEPTH + 1),
    withKeys(MAX_JSON_MEMBERS + 1),
    `[${withKeys(MAX_JSON_MEMBERS)},${withKeys(1)}]`,
  ])
    expect(() => parseJson(text)).toThrow(SyntaxError)
})

it('takes brackets and colons inside a text for text', () => {
  const said = `\\"${'[{:'.repeat(MAX_JSON_MEMBERS)}`
  expect(parseJson(JSON.stringify({ said }))).toEqual({ said })
})

it('goes on long after as many objects beside one another as are allowed in one another', () => {
  const beside = `[${Array.from({ length: MAX_JSON_DEPTH * 4 }, () => '{"a":[]}').join(',')}]`
  expect(parseJson(beside)).toHaveLength(MAX_JSON_DEPTH * 4)
})
