import { describeAudit } from '../suites/audit.suite.ts'
import { openMemoryStores } from './open-stores.testing.ts'

describeAudit(openMemoryStores)
