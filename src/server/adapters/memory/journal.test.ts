import { describeJournal } from '../suites/journal.suite.ts'
import { openMemoryStores } from './open-stores.testing.ts'

describeJournal(openMemoryStores)
