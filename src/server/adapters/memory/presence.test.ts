import { describePresence } from '../suites/presence.suite.ts'
import { createMemoryPresence } from './presence.ts'

describePresence(async () => {
  const presence = createMemoryPresence()
  const forgetful = createMemoryPresence({ leaseMs: 100 })
  return { presence, elsewhere: presence, forgetful, close: async () => {} }
})
