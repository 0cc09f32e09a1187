import { expect, it } from 'vitest'
import { readOptions } from './options.ts'

it('what is not said is three rounds of five seconds, one message on its way', () => {
  expect(readOptions([])).toMatchObject({
    rounds: 3,
    seconds: 5,
    window: 1,
    deliveries: false,
    profile: null,
  })
})

it('what is said holds', () => {
  const args = ['--rounds', '7', '--seconds=2', '--window', '4', '--rest', '0', '--deliveries']
  expect(readOptions(args)).toMatchObject({ rounds: 7, seconds: 2, window: 4, rest: 0, deliveries: true })
})

it.each([
  ['--rounds', '0'],
  ['--seconds', 'long'],
  ['--window', '1.5'],
  ['--clients', '3'],
])('%s %s is refused', (name, value) => {
  expect(() => readOptions([name, value])).toThrow(name)
})
