import { describeBus } from '../suites/bus.suite.ts'
import { createMemoryBus } from './bus.ts'

describeBus(async () => {
  let failures = 0
  const error = () => {
    failures++
  }
  const bus = createMemoryBus({ error, info: () => {}, warn: () => {} })
  return { bus, elsewhere: bus, failures: () => failures, close: () => bus.close() }
})
