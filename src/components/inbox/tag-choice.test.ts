import { expect, it } from 'vitest'
import { MAX_SUGGESTIONS, suggestionsFor, typedTag } from './tag-choice.ts'

const known = ['VIP', 'ارسال', 'Wholesale'].map((name, index) => ({ id: index + 1, name }))
const names = (typed: string, chosen: { id: number | null; name: string }[] = []) =>
  suggestionsFor(typed, known, chosen).map(({ id, name }) => (id === null ? `+${name}` : name))

it('suggests every tag before anything is typed, and those that fit after', () => {
  expect(names('')).toEqual(['VIP', 'ارسال', 'Wholesale'])
  expect(names('vi')).toEqual(['VIP', '+vi'])
  expect(names(' ارسال ')).toEqual(['ارسال'])
})

it('offers a new tag only where none is called so, whatever its case', () => {
  expect(names('urgent')).toEqual(['+urgent'])
  expect(names('vip')).toEqual(['VIP'])
  expect(names('urgent', [{ id: null, name: 'Urgent' }])).toEqual([])
})

it('does not suggest what the customer has', () => {
  expect(names('', [{ id: 1, name: 'VIP' }])).toEqual(['ارسال', 'Wholesale'])
})

it('offers no name that could not be stored', () => {
  expect(names('x'.repeat(101))).toEqual([])
  expect(names('half \ud83c')).toEqual([])
})

it('shows only so many at a time', () => {
  const many = Array.from({ length: 50 }, (_, index) => ({ id: index + 1, name: `tag ${index}` }))
  expect(suggestionsFor('tag', many, [])).toHaveLength(MAX_SUGGESTIONS + 1)
})

it('takes a tag that was typed and not added, unless there is none or the customer has it', () => {
  expect(typedTag('vip', known, [])).toEqual({ id: 1, name: 'VIP' })
  expect(typedTag(' urgent ', known, [])).toEqual({ id: null, name: 'urgent' })
  expect(typedTag('VIP', known, [{ id: 1, name: 'VIP' }])).toBeNull()
  expect(typedTag('  ', known, [])).toBeNull()
})
