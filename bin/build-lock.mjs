import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { root } from './stamp.mjs'

const HEARTBEAT_MS = 2_000
const STALE_MS = 15_000
const POLL_MS = 200

const lock = path.join(root, 'dist/build.lock')
const holder = `${hostname()} ${process.pid}`

/** One build at a time in this folder: a second one waits, and then finds the work done. */
export async function withBuildLock(work) {
  mkdirSync(path.dirname(lock), { recursive: true })
  while (!take()) {
    stealIfStale()
    await delay(POLL_MS)
  }
  const heartbeat = setInterval(beat, HEARTBEAT_MS)
  process.once('exit', release)
  try {
    return await work()
  } finally {
    clearInterval(heartbeat)
    process.off('exit', release)
    release()
  }
}

function take() {
  try {
    writeFileSync(lock, holder, { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

function beat() {
  if (read() === holder) utimesSync(lock, new Date(), new Date())
}

function release() {
  if (read() === holder) rmSync(lock, { force: true })
}

/** Moving is atomic: of two that find the same lock stale, one moves it; and who moved a fresh one puts it back. */
function stealIfStale() {
  const found = read()
  if (found === null || !isStale(found)) return
  const stolen = `${lock}.${process.pid}`
  try {
    renameSync(lock, stolen)
    if (readFileSync(stolen, 'utf8') === found) rmSync(stolen)
    else renameSync(stolen, lock)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
}

function isStale(found) {
  const [host, pid] = found.split(' ')
  if (host === hostname() && Number(pid) > 0 && !isAlive(Number(pid))) return true
  return Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > STALE_MS
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function read() {
  try {
    return readFileSync(lock, 'utf8')
  } catch (error) {
    if (error.code === 'ENOENT') return null
    throw error
  }
}
