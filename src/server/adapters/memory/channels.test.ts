import { describeChannels } from '../suites/channels.suite.ts'
import { openMemoryStores } from './open-stores.testing.ts'

describeChannels(openMemoryStores)
