import { randomBytes } from 'node:crypto'
import { open, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { syncFolder } from './adapters/sync-folder.ts'

const OWNER_ONLY = 0o600

/** Reads a JSON file of DATA_DIR, or null where there is none. One that cannot be read is an error, and never made anew. */
export async function readKept<T>(dataDir: string, name: string): Promise<T | null> {
  const file = path.join(dataDir, name)
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    // Without its cause: the parser's words quote the file.
    throw Object.assign(new Error(`${file} cannot be read.`), { code: 'unusable_data_dir' })
  }
}

/** Writes it for its owner alone. A crash leaves the file as it was or as it is to be, never a part of it. */
export async function keep(dataDir: string, name: string, value: object): Promise<void> {
  const file = path.join(dataDir, name)
  const fresh = `${file}.${randomBytes(4).toString('hex')}.new`
  try {
    await writeThrough(fresh, `${JSON.stringify(value, null, 2)}\n`)
    await rename(fresh, file)
    await syncFolder(dataDir)
  } finally {
    await rm(fresh, { force: true })
  }
}

async function writeThrough(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', OWNER_ONLY)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}
