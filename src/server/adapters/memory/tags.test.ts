import { describeTags } from '../suites/tags.suite.ts'
import { openMemoryStores } from './open-stores.testing.ts'

describeTags(openMemoryStores)
