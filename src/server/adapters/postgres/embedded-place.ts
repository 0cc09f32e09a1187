import { createHash } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  statSync,
} from 'node:fs'
import path from 'node:path'
import { type RunAs, runCommand } from './embedded-command.ts'
import { errorMessage, startError } from './start-error.ts'

const AWAY_ROOT = '/var/lib/peyk'
const NOBODY_WHERE_UNKNOWN = 65534

export type Place = {
  dataDir: string
  /** Holds the cluster and, where it is needed, the copy of PostgreSQL: DATA_DIR, or its stand-in below /var/lib. */
  home: string
  cluster: string
  runAs: RunAs
}

/**
 * Where the database lives and as whom it runs. PostgreSQL refuses to run as root, so root's database runs as `nobody`
 * and has to be where `nobody` can go.
 */
export async function choosePlace(folder: string): Promise<Place> {
  const dataDir = prepareDataDir(path.resolve(folder))
  const local = placeIn(dataDir, dataDir, null)
  if (process.getuid === undefined) return local
  if (process.getuid() !== 0) return refuseForeign(local)
  const away = placeIn(dataDir, awayFrom(dataDir), await findNobody())
  if (existsSync(away.cluster)) return away
  if (existsSync(local.cluster)) return adopt(local, away.runAs)
  if (await canEnter(dataDir, away.runAs)) return { ...local, runAs: away.runAs }
  makeOpenFolder(AWAY_ROOT, dataDir)
  makeOpenFolder(away.home, dataDir)
  return away
}

/** The stand-in for a DATA_DIR that the database's user cannot enter. */
export function awayFrom(dataDir: string): string {
  return path.join(AWAY_ROOT, createHash('sha256').update(dataDir).digest('hex').slice(0, 16))
}

function placeIn(dataDir: string, home: string, runAs: RunAs): Place {
  return { dataDir, home, cluster: path.join(home, 'postgres'), runAs }
}

function prepareDataDir(dataDir: string): string {
  try {
    if (!existsSync(dataDir)) makeDataDir(dataDir)
    if (!statSync(dataDir).isDirectory()) throw new Error('it is not a folder')
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
    return realpathSync(dataDir)
  } catch (cause) {
    throw unusable(dataDir, cause)
  }
}

/** What is in it is closed one by one; root's database, which runs as another user, has to pass through. */
function makeDataDir(dataDir: string): void {
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700
  makeParents(path.dirname(path.resolve(dataDir)))
  mkdirSync(dataDir, { mode })
  chmodSync(dataDir, mode)
}

// One by one: Node's recursive mkdir never returns below a folder such as /proc, which cannot hold new ones.
function makeParents(folder: string): void {
  if (existsSync(folder)) return
  makeParents(path.dirname(folder))
  mkdirSync(folder)
}

function makeOpenFolder(folder: string, dataDir: string): void {
  try {
    mkdirSync(folder, { recursive: true })
    chmodSync(folder, 0o711)
  } catch (cause) {
    throw unusable(dataDir, cause)
  }
}

function unusable(dataDir: string, cause: unknown): Error {
  const reason = errorMessage(cause).replace(/^E[A-Z]+: /, '')
  return startError('unusable_data_dir', `DATA_DIR ${dataDir} cannot be used: ${reason}.`, cause)
}

function refuseForeign(place: Place): Place {
  if (!existsSync(place.cluster) || statSync(place.cluster).uid === process.getuid?.()) return place
  throw startError(
    'unusable_data_dir',
    `The database in DATA_DIR ${place.dataDir} belongs to another user: start Peyk as before, or choose another DATA_DIR.`,
  )
}

/** Root goes on with a cluster that an ordinary user made, as that user; one that root copied there is given away. */
async function adopt(place: Place, nobody: RunAs): Promise<Place> {
  const { uid, gid } = statSync(place.cluster)
  const runAs = uid === 0 ? nobody : { uid, gid }
  if (uid === 0) giveAway(place.cluster, runAs)
  if (await canEnter(place.cluster, runAs)) return { ...place, runAs }
  throw startError(
    'unusable_data_dir',
    `DATA_DIR ${place.dataDir} holds a database that user ${runAs?.uid} cannot reach: let that user enter every folder above it.`,
  )
}

function giveAway(target: string, owner: RunAs): void {
  if (owner === null) return
  chownSync(target, owner.uid, owner.gid)
  chmodSync(target, 0o700)
  for (const entry of readdirSync(target, { withFileTypes: true, recursive: true })) {
    if (!entry.isSymbolicLink()) chownSync(path.join(entry.parentPath, entry.name), owner.uid, owner.gid)
  }
}

async function canEnter(folder: string, runAs: RunAs): Promise<boolean> {
  return (await runCommand('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], runAs)).ok
}

async function findNobody(): Promise<RunAs> {
  const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => runCommand('id', [flag, 'nobody'], null)))
  return {
    uid: uid?.ok ? Number(uid.output) : NOBODY_WHERE_UNKNOWN,
    gid: gid?.ok ? Number(gid.output) : NOBODY_WHERE_UNKNOWN,
  }
}
