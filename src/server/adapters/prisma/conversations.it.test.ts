import { describeConversations } from '../suites/conversations.suite.ts'
import { openPostgresStores } from './open-stores.testing.ts'

describeConversations(openPostgresStores('conversations'))
