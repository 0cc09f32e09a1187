import fc from 'fast-check'
import { expect, it } from 'vitest'
import { contrast, inkOn, readable } from './colour.ts'

const colour = fc
  .tuple(fc.nat(255), fc.nat(255), fc.nat(255))
  .map((parts) => `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`)

it('measures contrast as WCAG does', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
})

it('finds an ink for every accent that a person can read', () => {
  fc.assert(fc.property(colour, (accent) => contrast(accent, inkOn(accent)) >= 4.2))
})

it('makes every accent readable on light and dark surfaces', () => {
  const surfaces = fc.constantFrom('#ffffff', '#1b2225')
  fc.assert(
    fc.property(
      colour,
      surfaces,
      (accent, surface) => contrast(readable(accent, surface, 4.5), surface) >= 4.5,
    ),
  )
})

it('leaves an accent alone that is readable as it is', () => {
  expect(readable('#0e5c66', '#ffffff', 4.5)).toBe('#0e5c66')
})
