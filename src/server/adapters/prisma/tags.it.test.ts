import { describeTags } from '../suites/tags.suite.ts'
import { openPostgresStores } from './open-stores.testing.ts'

describeTags(openPostgresStores('tags'))
