import { expect, test } from 'vitest'
import { CAPABILITIES, FITS_EVERYWHERE } from './capabilities.ts'

test('a text that is said to fit everywhere does', () => {
  // No unit counts more than a byte for a byte.
  for (const { text } of Object.values(CAPABILITIES)) expect(text.max).toBeGreaterThanOrEqual(FITS_EVERYWHERE)
})
