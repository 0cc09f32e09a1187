import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeAudit } from '../suites/audit.suite.ts'
import { openMigratedDatabase } from './migrated-database.testing.ts'
import { openPostgresStores } from './open-stores.testing.ts'

describeAudit(openPostgresStores('audit'))

let database: Awaited<ReturnType<typeof openMigratedDatabase>>
beforeAll(async () => {
  database = await openMigratedDatabase('audit_only')
})
afterAll(() => database[Symbol.asyncDispose]())

it.each(['UPDATE audit_log SET actor_id = 1', 'DELETE FROM audit_log', 'TRUNCATE audit_log'])(
  'refuses, in the database itself: %s',
  async (statement) => {
    await expect(database.prisma.$executeRawUnsafe(statement)).rejects.toThrow('append-only')
  },
)
