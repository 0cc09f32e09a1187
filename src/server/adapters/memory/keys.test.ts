import { describeKeys } from '../suites/keys.suite.ts'
import { openMemoryStores } from './open-stores.testing.ts'

describeKeys(openMemoryStores)
