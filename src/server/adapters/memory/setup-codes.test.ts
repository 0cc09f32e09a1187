import { describeSetupCodes } from '../suites/setup-codes.suite.ts'
import { openMemoryStores } from './open-stores.testing.ts'

describeSetupCodes(openMemoryStores)
