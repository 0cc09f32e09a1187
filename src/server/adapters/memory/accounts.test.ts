import { describeAccounts } from '../suites/accounts.suite.ts'
import { openMemoryStores } from './open-stores.testing.ts'

describeAccounts(openMemoryStores)
