import { describeMessages } from '../suites/messages.suite.ts'
import { openPostgresStores } from './open-stores.testing.ts'

describeMessages(openPostgresStores('messages'))
