import { describeExports } from '../suites/exports.suite.ts'
import { openMemoryStores } from './open-stores.testing.ts'

describeExports(openMemoryStores)
