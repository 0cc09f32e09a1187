import { describeReports } from '../suites/reports.suite.ts'
import { openPostgresStores } from './open-stores.testing.ts'

describeReports(openPostgresStores('reports'))
