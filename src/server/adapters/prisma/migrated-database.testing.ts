import { PrismaPg } from '@prisma/adapter-pg'
import { inject } from 'vitest'
import { query } from '../postgres/start-embedded.testing.ts'
import { PrismaClient } from './generated/client.ts'
import { TEMPLATE } from './template-database.testing.ts'

/** A migrated, empty database whose name nobody else uses, a client of it and where it is. */
export async function openMigratedDatabase(name: string) {
  const url = inject('postgres')
  // In watch mode the one of the run before is still there.
  await query(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  await query(url, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`)
  const connectionString = url.replace(/peyk$/, name)
  const prisma = new PrismaClient({
    adapter: new PrismaPg({ connectionString }),
    transactionOptions: { maxWait: 10_000, timeout: 15_000 },
  })
  return { prisma, connectionString, [Symbol.asyncDispose]: () => prisma.$disconnect() }
}
