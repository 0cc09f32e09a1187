import path from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { migrate } from '../postgres/migrate.ts'
import { openTestDatabase } from '../postgres/start-embedded.testing.ts'
import { PrismaClient } from './generated/client.ts'

/** A migrated, empty database of its own, a client of it and where it is. */
export async function openMigratedDatabase(name: string) {
  const database = await openTestDatabase()
  await migrate(await database.createDatabase(name), path.resolve('prisma/migrations'))
  const connectionString = database.url.replace(/peyk$/, name)
  const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString }) })
  return {
    prisma,
    connectionString,
    async [Symbol.asyncDispose]() {
      await prisma.$disconnect()
      await database[Symbol.asyncDispose]()
    },
  }
}
