import { describeCustomers } from '../suites/customers.suite.ts'
import { openMemoryStores } from './open-stores.testing.ts'

describeCustomers(openMemoryStores)
