import { describeJournal } from '../suites/journal.suite.ts'
import { openPostgresStores } from './open-stores.testing.ts'

describeJournal(openPostgresStores('journal'))
