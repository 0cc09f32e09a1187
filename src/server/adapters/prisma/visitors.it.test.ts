import { describeVisitors } from '../suites/visitors.suite.ts'
import { openPostgresStores } from './open-stores.testing.ts'

describeVisitors(openPostgresStores('visitors'))
