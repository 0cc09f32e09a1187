import { describeAccounts } from '../suites/accounts.suite.ts'
import { openPostgresStores } from './open-stores.testing.ts'

describeAccounts(openPostgresStores('accounts'))
