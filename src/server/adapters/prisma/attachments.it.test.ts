import { describeAttachments } from '../suites/attachments.suite.ts'
import { openPostgresStores } from './open-stores.testing.ts'

describeAttachments(openPostgresStores('attachments'))
