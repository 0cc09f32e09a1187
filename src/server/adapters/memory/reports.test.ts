import { describeReports } from '../suites/reports.suite.ts'
import { openMemoryStores } from './open-stores.testing.ts'

describeReports(openMemoryStores)
