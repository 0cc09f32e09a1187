import { describeSpam } from '../suites/spam.suite.ts'
import { openPostgresStores } from './open-stores.testing.ts'

describeSpam(openPostgresStores('spam'))
