import { describeDeliveries } from '../suites/deliveries.suite.ts'
import { openMemoryStores } from './open-stores.testing.ts'

describeDeliveries(openMemoryStores)
