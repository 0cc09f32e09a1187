import type { FilePart, Files } from '../../core/ports/files.ts'
import { requireKey } from './key.ts'

/** Files in this process: for tests. */
export function createMemoryFiles(kept: Map<string, Buffer> = new Map()): Files {
  return {
    async put(key, bytes) {
      requireKey(key)
      const pieces: Uint8Array[] = []
      for await (const piece of bytes) pieces.push(piece)
      kept.set(key, Buffer.concat(pieces))
    },
    size: async (key) => kept.get(requireKey(key))?.length ?? null,
    read: (key, part) => read(kept.get(requireKey(key)), part),
    async remove(key) {
      kept.delete(requireKey(key))
    },
    sweep: async () => 0,
  }
}

async function* read(bytes: Buffer | undefined, part: FilePart | undefined) {
  if (!bytes) throw new Error('There is no such file')
  yield part ? bytes.subarray(part.start, part.end + 1) : bytes
}
