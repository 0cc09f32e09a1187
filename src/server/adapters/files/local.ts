import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { FilePart, Files } from '../../core/ports/files.ts'
import { syncFolder } from '../sync-folder.ts'
import { requireKey } from './key.ts'

const OWNER_ONLY = 0o600
const OWNER_ONLY_FOLDER = 0o700
/** Begins with a letter that no key begins with. */
const UNFINISHED = 'unfinished'

/** Files in a folder of this machine, sharded by the first digits of their keys. Several processes may share the folder. */
export function createLocalFiles(root: string): Files {
  const placeOf = (key: string) => {
    requireKey(key)
    return path.join(root, key.slice(0, 2), key.slice(2, 4), key)
  }
  return {
    put: (key, bytes) => put(root, placeOf(key), bytes),
    size: (key) => orNull(async () => (await stat(placeOf(key))).size),
    read: (key, part) => read(placeOf(key), part),
    remove: (key) => rm(placeOf(key), { force: true }),
    sweep: (before) => sweep(path.join(root, UNFINISHED), before),
  }
}

async function put(root: string, place: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const [folder, unfinished] = [path.dirname(place), path.join(root, UNFINISHED)]
  for (const needed of [folder, unfinished]) await mkdir(needed, { recursive: true, mode: OWNER_ONLY_FOLDER })
  const fresh = path.join(unfinished, randomBytes(16).toString('hex'))
  try {
    await writeThrough(fresh, bytes)
    await rename(fresh, place)
    await syncFolder(folder)
  } finally {
    await rm(fresh, { force: true })
  }
}

async function writeThrough(file: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const handle = await open(file, 'wx', OWNER_ONLY)
  try {
    for await (const piece of bytes) await writeWhole(handle, piece)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

// One write may take less than it was given.
async function writeWhole(handle: FileHandle, piece: Uint8Array): Promise<void> {
  for (let at = 0; at < piece.length; ) at += (await handle.write(piece, at)).bytesWritten
}

// Opened at the first piece, so that nothing stays open of which nobody reads.
async function* read(place: string, part: FilePart | undefined): AsyncIterable<Uint8Array> {
  yield* createReadStream(place, part)
}

async function sweep(folder: string, before: number): Promise<number> {
  const names = (await orNull(() => readdir(folder))) ?? []
  let swept = 0
  for (const name of names) {
    const file = path.join(folder, name)
    const found = await orNull(() => stat(file))
    if (!found || found.mtimeMs >= before) continue
    await rm(file, { force: true })
    swept += 1
  }
  return swept
}

async function orNull<T>(run: () => Promise<T>): Promise<T | null> {
  try {
    return await run()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
