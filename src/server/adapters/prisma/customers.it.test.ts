import { describeCustomers } from '../suites/customers.suite.ts'
import { openPostgresStores } from './open-stores.testing.ts'

describeCustomers(openPostgresStores('customers'))
