import { describeSecondFactors } from '../suites/second-factors.suite.ts'
import { openMemoryStores } from './open-stores.testing.ts'

describeSecondFactors(openMemoryStores)
