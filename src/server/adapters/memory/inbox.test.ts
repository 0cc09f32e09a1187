import { describeInbox } from '../suites/inbox.suite.ts'
import { openMemoryStores } from './open-stores.testing.ts'

describeInbox(openMemoryStores)
