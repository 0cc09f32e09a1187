import { randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import type { Binaries } from './embedded-binaries.ts'
import { type RunAs, runCommand } from './embedded-command.ts'
import type { Place } from './embedded-place.ts'
import { errorCode, errorMessage, startError } from './start-error.ts'

const PASSWORD_BYTES = 24
const REMOVAL_RETRIES = 5

// With `--locale=C` alone show_trgm() of Persian text is empty, and search finds nothing. macOS knows no C.UTF-8.
const LOCALE = [
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--lc-collate=C',
  `--lc-ctype=${process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'}`,
]

/** Makes the database's files at the first start; the password of its superuser and of ours is the answer. */
export async function ensureCluster(place: Place, binaries: Binaries): Promise<string> {
  removeDrafts(place)
  const exists = existsSync(place.cluster)
  const password = readPassword(place, exists)
  if (!exists) await createCluster(place, binaries, password)
  return password
}

function readPassword(place: Place, clusterExists: boolean): string {
  const file = path.join(place.dataDir, 'postgres-password')
  try {
    if (!clusterExists && !existsSync(file)) publishPassword(file)
    return readFileSync(file, 'utf8').trim()
  } catch (cause) {
    const lost = errorCode(cause) === 'ENOENT'
    throw startError(
      'unusable_data_dir',
      lost
        ? `The database in ${place.cluster} has lost its password: put ${file} back, or move the database away to start anew.`
        : `DATA_DIR ${place.dataDir} cannot be used: ${errorMessage(cause).replace(/^E[A-Z]+: /, '')}.`,
      cause,
    )
  }
}

/** A hard link appears with its content and only once, so that of two first starts both go on with one password. */
function publishPassword(file: string): void {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, `${randomBytes(PASSWORD_BYTES).toString('hex')}\n`, { mode: 0o600 })
  try {
    linkSync(draft, file)
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

/** initdb works on a draft that is renamed when it is whole: a start that is killed half-way leaves no broken cluster. */
async function createCluster(place: Place, binaries: Binaries, password: string): Promise<void> {
  const draft = `${place.cluster}.draft-${process.pid}`
  const passwordFile = `${draft}.password`
  try {
    mkdirSync(draft, { mode: 0o700 })
    writeFileSync(passwordFile, password, { mode: 0o600 })
    give(draft, place.runAs)
    give(passwordFile, place.runAs)
    await initialise(draft, passwordFile, binaries, place.runAs)
    publishCluster(draft, place.cluster)
  } finally {
    rmSync(draft, { recursive: true, force: true })
    rmSync(passwordFile, { force: true })
  }
}

async function initialise(
  draft: string,
  passwordFile: string,
  binaries: Binaries,
  runAs: RunAs,
): Promise<void> {
  const login = ['-U', 'postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256']
  const args = ['-D', draft, ...login, '-E', 'UTF8', ...LOCALE, '--no-instructions']
  const { ok, output } = await runCommand(binaries.initdb, args, runAs)
  if (ok) return
  const reason = output.split('\n').findLast((line) => /error|fatal/i.test(line)) ?? output.trim()
  throw startError(
    'database_unavailable',
    `The database could not be created in ${path.dirname(draft)}: ${reason}`,
  )
}

function publishCluster(draft: string, cluster: string): void {
  try {
    renameSync(draft, cluster)
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes(errorCode(error) ?? '')) throw error
  }
}

function removeDrafts(place: Place): void {
  for (const name of readdirSync(place.home)) {
    const pid = Number(/^postgres.*\.draft-(\d+)/.exec(name)?.[1])
    if (pid && !isAlive(pid)) removeDraft(path.join(place.home, name))
  }
}

/** The initdb of a start that was killed may still be writing into it; what it leaves, the next start removes. */
function removeDraft(draft: string): void {
  try {
    rmSync(draft, { recursive: true, force: true, maxRetries: REMOVAL_RETRIES })
  } catch (error) {
    if (!['ENOTEMPTY', 'EBUSY', 'EPERM'].includes(errorCode(error) ?? '')) throw error
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}

function give(file: string, owner: RunAs): void {
  if (owner !== null) chownSync(file, owner.uid, owner.gid)
}
