import { describeFiles } from '../suites/files.suite.ts'
import { createMemoryFiles } from './memory.ts'

describeFiles(() => createMemoryFiles())
