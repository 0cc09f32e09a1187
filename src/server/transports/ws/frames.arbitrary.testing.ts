import fc from 'fast-check'

/** A frame as it goes out, and what must come back for it on the same socket, in order. */
export interface Exchange {
  sent: unknown
  /** Frame types. */
  answers: string[]
  /** The text that is in the history afterwards. */
  stored?: string
}

const json = fc.jsonValue({ maxDepth: 3 })
const answered = (sent: fc.Arbitrary<unknown>, ...answers: string[]): fc.Arbitrary<Exchange> =>
  sent.map((frame) => ({ sent: frame, answers }))
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

const NOT_JSON = [
  '',
  ' ',
  '{bad json',
  '{"type":"chat_message"',
  'undefined',
  "{'type':'ping'}",
  nested(20_000),
]
// Closing brackets in a text must not hide the opening ones after it.
export const HIDDEN_DEPTH = `{"x":"${'}'.repeat(20_000)}","filters":{"a":${nested(15_000)}}}`
const NO_OBJECTS = ['[]', 'null', '42', '"x"', 'true', '[{"type":"ping"}]']

/** What is answered with an error on every socket. */
export const unreadable: fc.Arbitrary<Exchange> = fc.oneof(
  answered(fc.constantFrom(...NOT_JSON, HIDDEN_DEPTH, ...NO_OBJECTS), 'error'),
  answered(
    fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
    'error',
  ),
)

/** A type that no socket knows; `known` are the socket's own. */
export const unknownType = (known: string[]): fc.Arbitrary<Exchange> =>
  answered(
    fc
      .oneof(fc.string(), json, fc.constantFrom('__proto__', 'constructor', 'CHAT_MESSAGE', 'resume '))
      .filter((type) => type !== null && !known.includes(type as string))
      .map((type) => ({ type, content: 'x', search_term: 'x' })),
    'error',
  )

export const ping: fc.Arbitrary<Exchange> = answered(fc.constant({ type: 'ping', extra: 1 }), 'pong')

const paging = fc.record(
  {
    page: fc.oneof(fc.integer({ min: -2, max: 4 }), json),
    page_size: fc.oneof(fc.integer({ min: -2, max: 600 }), json),
    limit: fc.oneof(fc.integer({ min: -2, max: 600 }), json),
    offset: fc.oneof(fc.integer({ min: -2, max: 30 }), json),
  },
  { requiredKeys: [] },
)

/** Filters of any shape; of an object's, `keys` may have any value. */
export const filtersOf = (keys: string[]): fc.Arbitrary<object> =>
  fc
    .tuple(paging, fc.dictionary(fc.constantFrom(...keys, '__proto__', 'x'), json, { maxKeys: 4 }))
    .map(([page, rest]) => ({ ...page, ...rest }))

/** What no `filters` may be. */
export const noFilters: fc.Arbitrary<unknown> = fc.constantFrom('x', 5, true, [], [{ page: 1 }])

export const anyJson = json
export { answered }
