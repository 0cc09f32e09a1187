import pg from 'pg'
import { findBinaries } from './embedded-binaries.ts'
import { ensureCluster } from './embedded-cluster.ts'
import { choosePlace, type Place } from './embedded-place.ts'
import { findPostmaster, type Postmaster, startPostmaster, stopPostmaster } from './postmaster.ts'
import { errorCode, errorMessage, startError } from './start-error.ts'

const ALREADY_THERE = ['42710', '42P04', '23505']
const CONNECT_TIMEOUT_MS = 10_000

type Options = { dataDir: string; log: (sentence: string) => void }
type Embedded = { url: string; pid: number; reused: boolean; close(): Promise<void> }

/**
 * Opens the PostgreSQL that lives in DATA_DIR: makes it at the first start, goes on with one that a killed process
 * left running, and starts it otherwise. Whoever is refused the instance lock afterwards must leave without close():
 * the server then belongs to the process that holds the lock.
 */
export async function openEmbedded({ dataDir, log }: Options): Promise<Embedded> {
  const place = await choosePlace(dataDir)
  const { binaries, copied } = await findBinaries(place.home, place.runAs)
  tellPlace(place, copied, log)
  const password = await ensureCluster(place, binaries)
  const running = await findPostmaster(place.cluster)
  const postmaster = running ?? (await startPostmaster(place.cluster, binaries, place.runAs))
  const stop = () => stopPostmaster(place.cluster, postmaster.pid, binaries, place.runAs)
  await ensureDatabase(postmaster, password, place).catch(async (error) => {
    if (running === null) await stop()
    throw error
  })
  let closing: Promise<void> | undefined
  const close = () => {
    closing ??= stop()
    return closing
  }
  return {
    url: urlOf('peyk', 'peyk', password, postmaster.port),
    pid: postmaster.pid,
    reused: running !== null,
    close,
  }
}

function tellPlace(place: Place, copied: boolean, log: (sentence: string) => void): void {
  if (place.home !== place.dataDir) {
    log(
      `The database of ${place.dataDir} is kept in ${place.home}, because user nobody, who runs it, cannot enter there.`,
    )
  } else if (copied) {
    log(`PostgreSQL runs from a copy in ${place.home}, because its user may not run it from node_modules.`)
  }
}

/** The product's own role is no superuser; it may create databases, which the tests do. */
async function ensureDatabase({ port }: Postmaster, password: string, place: Place): Promise<void> {
  const client = new pg.Client({
    connectionString: urlOf('postgres', 'postgres', password, port),
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    await createUnless(
      client,
      'SELECT 1 FROM pg_roles WHERE rolname = $1',
      `CREATE ROLE peyk LOGIN CREATEDB PASSWORD '${password}'`,
    )
    await createUnless(
      client,
      'SELECT 1 FROM pg_database WHERE datname = $1',
      'CREATE DATABASE peyk OWNER peyk',
    )
  } catch (cause) {
    const sentence = `The database in ${place.cluster} cannot be opened: ${errorMessage(cause)}.`
    throw startError('database_unavailable', sentence, cause)
  } finally {
    await client.end().catch(() => {})
  }
}

async function createUnless(client: pg.Client, exists: string, create: string): Promise<void> {
  if ((await client.query(exists, ['peyk'])).rowCount) return
  await client.query(create).catch((error) => {
    if (!ALREADY_THERE.includes(errorCode(error) ?? '')) throw error
  })
}

function urlOf(user: string, database: string, password: string, port: number): string {
  return `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`
}
