import { describeAttachments } from '../suites/attachments.suite.ts'
import { openMemoryStores } from './open-stores.testing.ts'

describeAttachments(openMemoryStores)
