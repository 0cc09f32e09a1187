import { describeExports } from '../suites/exports.suite.ts'
import { openPostgresStores } from './open-stores.testing.ts'

describeExports(openPostgresStores('exports'))
