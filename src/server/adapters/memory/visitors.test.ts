import { describeVisitors } from '../suites/visitors.suite.ts'
import { openMemoryStores } from './open-stores.testing.ts'

describeVisitors(openMemoryStores)
