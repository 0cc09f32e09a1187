import { randomBytes, randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import type { Files } from '../../core/ports/files.ts'

async function* piecesOf(bytes: Buffer, size = 1_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function* breakingOff(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('half')
  throw new Error('the line was cut')
}

export async function whole(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of bytes) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** What every store of files promises. */
export function describeFiles(open: () => Files) {
  it('gives back what it was given, whole and in parts', async () => {
    const [files, key, bytes] = [open(), randomUUID(), randomBytes(200_000)]
    await files.put(key, piecesOf(bytes))
    expect(await files.size(key)).toBe(200_000)
    expect((await whole(files.read(key))).equals(bytes)).toBe(true)
    const part = await whole(files.read(key, { start: 99_999, end: 150_000 }))
    expect(part.equals(bytes.subarray(99_999, 150_001))).toBe(true)
  })

  it('keeps a file of nothing', async () => {
    const [files, key] = [open(), `${randomUUID()}.thumb`]
    await files.put(key, piecesOf(Buffer.alloc(0)))
    expect(await files.size(key)).toBe(0)
  })

  it('keeps nothing of what breaks off, and leaves what stood there before', async () => {
    const [files, key, kept] = [open(), randomUUID(), randomUUID()]
    await files.put(kept, piecesOf(Buffer.from('before')))
    for (const one of [key, kept]) await expect(files.put(one, breakingOff())).rejects.toThrow('was cut')
    expect(await files.size(key)).toBeNull()
    await expect(whole(files.read(key))).rejects.toThrow()
    expect(String(await whole(files.read(kept)))).toBe('before')
  })

  it('replaces, and removes as often as one likes', async () => {
    const [files, key] = [open(), randomUUID()]
    for (const text of ['one', 'two']) await files.put(key, piecesOf(Buffer.from(text)))
    expect(String(await whole(files.read(key)))).toBe('two')
    for (const _ of [1, 2]) await files.remove(key)
    expect(await files.size(key)).toBeNull()
  })

  it.each([
    '',
    '../../etc/passwd',
    'ab',
    'abcdef12/../x',
    'ABCDEF123456',
    '/etc/passwd',
    'abcdef12\0',
    'abcdef12.a/b',
  ])('touches nothing under %j, which is no key', async (key) => {
    const files = open()
    const ways = [
      () => files.put(key, piecesOf(Buffer.from('x'))),
      () => files.size(key),
      () => whole(files.read(key)),
      () => files.remove(key),
    ]
    for (const way of ways) await expect((async () => way())()).rejects.toThrow('no key')
  })
}
