import { describeSeals } from '../suites/seals.suite.ts'
import { createMemorySeals } from './seals.ts'

describeSeals(async () => {
  const values = new Map<number, string>()
  let last = 0
  return {
    seals: (cipher) => createMemorySeals(values, cipher),
    put: async (value) => {
      values.set(++last, value)
      return last
    },
    get: async (id) => values.get(id) ?? null,
    clear: async () => values.clear(),
    close: async () => {},
  }
})
