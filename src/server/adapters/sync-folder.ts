import { open } from 'node:fs/promises'

/** Makes the names in a folder last: a crash loses no file that was renamed into it before. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
