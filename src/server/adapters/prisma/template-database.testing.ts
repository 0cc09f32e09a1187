import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { migrate } from '../postgres/migrate.ts'
import { openTestDatabase } from '../postgres/start-embedded.testing.ts'

/** A migrated database that nobody is connected to: a copy of it takes a fraction of what migrating takes. */
export const TEMPLATE = 'migrated'

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of the PostgreSQL that the files of a run share, each in a database of its own. */
    postgres: string
  }
}

/** One embedded PostgreSQL for all files of a run; vitest calls this once, and what it answers at the end. */
export async function setup(project: TestProject) {
  const database = await openTestDatabase()
  const client = await database.createDatabase(TEMPLATE)
  await migrate(client, path.resolve('prisma/migrations'))
  await client.end()
  project.provide('postgres', database.url)
  return () => database[Symbol.asyncDispose]()
}
