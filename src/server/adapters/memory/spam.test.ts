import { describeSpam } from '../suites/spam.suite.ts'
import { openMemoryStores } from './open-stores.testing.ts'

describeSpam(openMemoryStores)
