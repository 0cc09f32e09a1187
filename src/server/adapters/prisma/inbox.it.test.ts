import { describeInbox } from '../suites/inbox.suite.ts'
import { openPostgresStores } from './open-stores.testing.ts'

describeInbox(openPostgresStores('inbox'))
