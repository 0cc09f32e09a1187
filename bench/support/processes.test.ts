import { expect, it } from 'vitest'
import { cpuOf, parseStat } from './processes.ts'

it('a line of /proc is read whatever the name of the process holds', () => {
  const line = '42 (node) (x) y) S 7 42 42 0 -1 4194560 1 0 0 0 150 50 30 20 20 0 11 0'
  expect(parseStat(line)).toEqual({ parent: 7, own: 2, reaped: 0.5 })
})

it('a process that does not exist has spent no number of seconds', () => {
  expect(cpuOf(2 ** 30)).toBeNaN()
})
