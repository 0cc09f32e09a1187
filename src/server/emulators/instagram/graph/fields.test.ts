import { describe, expect, it } from 'vitest'
import { parseFields, pick } from './fields.ts'

const bare = (name: string) => ({ name, limit: null, fields: [] })

describe('the fields of a request', () => {
  it('may be nested and limited', () => {
    expect(parseFields('id, messages.limit(5){id,from},name')).toEqual([
      bare('id'),
      { name: 'messages', limit: 5, fields: [bare('id'), bare('from')] },
      bare('name'),
    ])
    expect(parseFields('')).toEqual([])
  })

  it.each(['messages{id', 'id}', 'a b', '1', 'a{b{c{d{e{f}}}}}'])('may not be %s', (text) => {
    expect(() => parseFields(text)).toThrow(/#100/)
  })

  it('are given with the id, without what is null', () => {
    const values = { id: '1', name: null, age: 0, extra: true }
    expect(pick(values, parseFields('name,age'), 'Node')).toEqual({ id: '1', age: 0 })
    expect(() => pick(values, parseFields('constructor'), 'Node')).toThrow(/constructor/)
  })
})
