import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** A folder of one's own, through which the database's user may pass; what still runs in it is ended with it. */
export class TemporaryFolder {
  readonly root: string

  constructor() {
    this.root = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'peyk-e2e-')))
    chmodSync(this.root, 0o711)
    process.once('exit', this.remove)
  }

  at(...names: string[]): string {
    return path.join(this.root, ...names)
  }

  readonly remove = () => {
    process.off('exit', this.remove)
    if (!existsSync(this.root)) return
    for (const name of readdirSync(this.root)) {
      const postmaster = findPostmaster(this.at(name))
      if (postmaster) process.kill(postmaster.pid, 'SIGQUIT')
    }
    rmSync(this.root, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
}

/** The embedded PostgreSQL that runs in DATA_DIR, or null. */
export function findPostmaster(dataDir: string): { pid: number; port: number } | null {
  const cluster = path.join(dataDir, 'postgres')
  const file = path.join(cluster, 'postmaster.pid')
  if (!existsSync(file)) return null
  const lines = readFileSync(file, 'utf8').split('\n')
  const pid = Number(lines[0])
  return commandLine(pid).includes(cluster) ? { pid, port: Number(lines[3]) } : null
}

/** The address of the embedded database, for a look at what is stored. */
export function embeddedUrl(dataDir: string, database = 'peyk'): string {
  const postmaster = findPostmaster(dataDir)
  if (!postmaster) throw new Error(`No PostgreSQL runs in ${dataDir}.`)
  const password = readFileSync(path.join(dataDir, 'postgres-password'), 'utf8').trim()
  return `postgresql://peyk:${password}@127.0.0.1:${postmaster.port}/${database}`
}

/** A process and all that descends from it, while it lives. */
export function familyOf(pid: number): number[] {
  const parents = new Map(runningPids().map((one) => [one, parentOf(one)]))
  const family = [pid]
  for (const member of family)
    for (const [child, parent] of parents) if (parent === member) family.push(child)
  return family
}

export const isRunning = (pid: number): boolean => commandLine(pid) !== ''

const runningPids = (): number[] => readdirSync('/proc').map(Number).filter(Number.isInteger)

const parentOf = (pid: number): number => {
  const stat = readProc(pid, 'stat')
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
}

const commandLine = (pid: number): string => readProc(pid, 'cmdline')

function readProc(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8')
  } catch {
    return ''
  }
}
