import { describeConversations } from '../suites/conversations.suite.ts'
import { openMemoryStores } from './open-stores.testing.ts'

describeConversations(openMemoryStores)
