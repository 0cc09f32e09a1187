import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Binaries } from './embedded-binaries.ts'
import { type RunAs, runCommand } from './embedded-command.ts'
import { errorCode, startError } from './start-error.ts'

const READY_TIMEOUT_S = 120
const STOP_TIMEOUT_S = 30
const POLL_MS = 25
// A server that starts makes the file first and writes its pid into it a moment later.
const PID_FILE_GRACE_MS = 500
const PORT_ATTEMPTS = 5

// Sized for a small machine that runs Node beside it. Statements and the values in them stay out of the log.
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  max_connections: 60,
  shared_buffers: '128MB',
  synchronous_commit: 'on',
  max_wal_size: '512MB',
  wal_compression: 'on',
  max_wal_senders: 0,
  max_logical_replication_workers: 0,
  jit: 'off',
  io_method: 'sync',
  max_parallel_workers_per_gather: 0,
  autovacuum_max_workers: 2,
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
}

export type Postmaster = { pid: number; port: number }

/** The server of this cluster that is still running, once it can be asked; null when there is none. */
export async function findPostmaster(cluster: string): Promise<Postmaster | null> {
  const began = Date.now()
  while (Date.now() - began < READY_TIMEOUT_S * 1000) {
    const found = readPidFile(cluster)
    if (found === null) return null
    const isWritten = found.pid !== 0 || Date.now() - began > PID_FILE_GRACE_MS
    if (isWritten && !(await isPostmasterOf(cluster, found.pid))) return forget(cluster, found.pid)
    if (found.status === 'ready') return { pid: found.pid, port: found.port }
    await delay(POLL_MS)
  }
  throw startError('database_unavailable', `PostgreSQL in ${cluster} is running but does not become ready.`)
}

/** Starts the server on a free port of the loopback address. */
export async function startPostmaster(
  cluster: string,
  binaries: Binaries,
  runAs: RunAs,
): Promise<Postmaster> {
  for (let attempt = 1; ; attempt += 1) {
    const log = rotateLog(cluster)
    const options = settingsFor(await findFreePort())
    const args = ['-D', cluster, '-w', '-t', String(READY_TIMEOUT_S), '-l', log, '-o', options, 'start']
    // The server would inherit our pipes and hold them open for as long as it lives.
    await runCommand(binaries.pgCtl, args, runAs, 'ignore')
    // Read even after a failure: another start of Peyk on the same folder may have been faster.
    const started = await findPostmaster(cluster)
    if (started !== null) return started
    const text = existsSync(log) ? readFileSync(log, 'utf8') : ''
    if (attempt < PORT_ATTEMPTS && text.includes('Address already in use')) continue
    throw startError('database_unavailable', `PostgreSQL did not start in ${cluster}: ${lastWord(text)}`)
  }
}

/** Ends the server that was opened, and no other that may have followed it. */
export async function stopPostmaster(
  cluster: string,
  pid: number,
  binaries: Binaries,
  runAs: RunAs,
): Promise<void> {
  for (const mode of ['fast', 'immediate']) {
    if (readPidFile(cluster)?.pid !== pid) return
    const args = ['-D', cluster, '-m', mode, '-w', '-t', String(STOP_TIMEOUT_S), 'stop']
    if ((await runCommand(binaries.pgCtl, args, runAs)).ok) return
  }
}

function readPidFile(cluster: string): (Postmaster & { status: string }) | null {
  try {
    const lines = readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Math.abs(Number(lines[0]) || 0), port: Number(lines[3]), status: lines[7]?.trim() ?? '' }
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null
    throw error
  }
}

/**
 * A pid alone proves nothing: after a restart of a container or machine any process may bear it, and PostgreSQL itself
 * then refuses to start. The command line tells; PostgreSQL's own lock on shared memory stands behind this.
 */
async function isPostmasterOf(cluster: string, pid: number): Promise<boolean> {
  if (pid === 0) return false
  if (process.platform === 'linux') return readCommandLine(pid).split('\0').includes(cluster)
  if (process.platform !== 'win32') {
    const { output } = await runCommand('ps', ['-o', 'command=', '-p', String(pid)], null)
    return output.includes(cluster)
  }
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

function readCommandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

function forget(cluster: string, pid: number): null {
  if (readPidFile(cluster)?.pid === pid) rmSync(path.join(cluster, 'postmaster.pid'), { force: true })
  return null
}

function rotateLog(cluster: string): string {
  const log = path.join(cluster, 'server.log')
  try {
    renameSync(log, `${log}.1`)
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error
  }
  return log
}

function settingsFor(port: number): string {
  return Object.entries({ ...SETTINGS, port })
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ')
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

function lastWord(log: string): string {
  const lines = log.split('\n').filter((line) => line.trim() !== '')
  const line =
    lines.findLast((text) => /FATAL|PANIC/.test(text)) ?? lines.at(-1) ?? 'it wrote nothing to its log'
  return line.replace(/^.*?(FATAL|PANIC|LOG|ERROR): +/, '')
}
