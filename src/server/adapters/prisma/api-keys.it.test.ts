import { describeKeys } from '../suites/keys.suite.ts'
import { openPostgresStores } from './open-stores.testing.ts'

describeKeys(openPostgresStores('keys'))
