import { describeSetupCodes } from '../suites/setup-codes.suite.ts'
import { openPostgresStores } from './open-stores.testing.ts'

describeSetupCodes(openPostgresStores('setup_codes'))
