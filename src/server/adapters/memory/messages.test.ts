import { describeMessages } from '../suites/messages.suite.ts'
import { openMemoryStores } from './open-stores.testing.ts'

describeMessages(openMemoryStores)
