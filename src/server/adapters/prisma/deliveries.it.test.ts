import { describeDeliveries } from '../suites/deliveries.suite.ts'
import { openPostgresStores } from './open-stores.testing.ts'

describeDeliveries(openPostgresStores('deliveries'))
