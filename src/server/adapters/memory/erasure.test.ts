import { describeErasure } from '../suites/erasure.suite.ts'
import { openMemoryStores } from './open-stores.testing.ts'

describeErasure(openMemoryStores)
