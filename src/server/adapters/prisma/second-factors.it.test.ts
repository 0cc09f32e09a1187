import { describeSecondFactors } from '../suites/second-factors.suite.ts'
import { openPostgresStores } from './open-stores.testing.ts'

describeSecondFactors(openPostgresStores('second_factors'))
