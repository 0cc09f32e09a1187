import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const MAC_CHROME = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
const FONT_FOLDERS = ['/usr/share/fonts', '/usr/local/share/fonts', '.local/share/fonts', '.fonts']
// Debian's own first: only that one has what apt installs, whatever else is called python3 on the way.
const PYTHONS = ['/usr/bin/python3', 'python3']
const APT_LOCK = ['-o', 'DPkg::Lock::Timeout=300']

const NEEDS = [
  { name: 'Chromium', apt: 'chromium', isThere: () => findChromium() !== null },
  { name: 'redis-server', apt: 'redis-server', isThere: () => findOnPath('redis-server') !== null },
  { name: 'a colour emoji font', apt: 'fonts-noto-color-emoji', isThere: hasEmojiFont },
  { name: 'websockets for Python 3', apt: 'python3-websockets', isThere: () => findPython() !== null },
]

/** The browser for the tests: one that is installed, else Playwright's own; null where there is none. */
export function findChromium() {
  for (const name of BROWSERS) {
    const file = findOnPath(name)
    if (file !== null) return file
  }
  return [MAC_CHROME, playwrightsOwn()].find((file) => file !== null && existsSync(file)) ?? null
}

/** A Python 3 for the tests that has `websockets`; null where there is none. */
export function findPython() {
  const canImport = (python) =>
    spawnSync(python, ['-c', 'import websockets'], { stdio: 'ignore' }).status === 0
  return PYTHONS.find(canImport) ?? null
}

/** Installs what the tests need and the machine lacks, or says in one sentence what to run; false when it is still lacking. */
export function ensurePrerequisites() {
  const missing = NEEDS.filter((need) => !need.isThere())
  if (missing.length === 0) return true
  const hasApt = findOnPath('apt-get') !== null
  if (hasApt && process.getuid?.() === 0) return install(missing.map((need) => need.apt))
  const names = missing.map((need) => need.name).join(', ')
  const line = `sudo apt-get update && sudo apt-get install -y ${missing.map((need) => need.apt).join(' ')}`
  console.error(hasApt ? `The tests need ${names}: ${line}` : `The tests need ${names}: install them first.`)
  return false
}

function install(packages) {
  return apt('update') && apt('install', '-y', '--no-install-recommends', ...packages)
}

function apt(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { status, stdout, stderr, error } = spawnSync('apt-get', [...APT_LOCK, ...args], {
    env,
    encoding: 'utf8',
  })
  if (status === 0) return true
  console.error(
    `${stdout ?? ''}${stderr ?? ''}apt-get ${args.join(' ')} failed${error ? `: ${error.message}` : ''}.`,
  )
  return false
}

function findOnPath(name) {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    const file = path.join(folder, name)
    if (isExecutable(file)) return file
  }
  return null
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function playwrightsOwn() {
  try {
    return createRequire(import.meta.url)('playwright-core').chromium.executablePath()
  } catch {
    return null
  }
}

function hasEmojiFont() {
  if (process.platform !== 'linux') return true
  const folders = FONT_FOLDERS.map((folder) => path.resolve(os.homedir(), folder)).filter(existsSync)
  return folders.some((folder) =>
    readdirSync(folder, { recursive: true }).some((file) => /emoji/i.test(file)),
  )
}
