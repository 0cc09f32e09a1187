import { spawn } from 'node:child_process'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { isBuilt, root } from './stamp.mjs'

/** Builds, in a process of its own, when there is no build of these very sources; answers the server's address on disk. */
export async function ensureBuilt() {
  process.chdir(root)
  if (!isBuilt()) await build()
  return pathToFileURL(path.join(root, 'dist/server.mjs')).href
}

async function build() {
  const isTerminal = process.stdout.isTTY
  const began = Date.now()
  process.stdout.write(`Building Peyk, once for this version …${isTerminal ? '' : '\n'}`)
  const { code, stopped } = await runBuild()
  if (isTerminal) process.stdout.write(` ${Math.round((Date.now() - began) / 1000)} s\n`)
  if (stopped) process.exit(1)
  if (code !== 0) throw Object.assign(new Error('build'), { sentence: 'Peyk could not be built.' })
}

function runBuild() {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(root, 'bin/build.mjs')], {
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    let stopped = false
    const forward = (signal) => {
      stopped = true
      child.kill(signal)
    }
    process.on('SIGTERM', forward).on('SIGINT', forward)
    child.on('error', reject)
    child.on('exit', (code) => {
      process.off('SIGTERM', forward).off('SIGINT', forward)
      resolve({ code, stopped })
    })
  })
}
