import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Seals } from '../../core/ports/seals.ts'
import { type Cipher, createCipher } from '../auth/encryption.ts'

export interface SealsInTest {
  seals(cipher: Cipher): Seals
  /** Stores a value where sealed ones lie. */
  put(value: string): Promise<number>
  get(id: number): Promise<string | null>
  clear(): Promise<void>
  close(): Promise<void>
}

const [OLD, NEW, LOST] = ['ab'.repeat(32), 'cd'.repeat(32), 'ef'.repeat(32)]

/** What everything that keeps sealed values promises. */
export function describeSeals(open: () => Promise<SealsInTest>) {
  let opened: SealsInTest
  beforeAll(async () => {
    opened = await open()
  })
  afterAll(() => opened?.close())

  const before = createCipher(OLD)
  const now = createCipher(() => ({ current: NEW, old: [OLD] }))
  const fill = async (count: number, cipher = before) => {
    await opened.clear()
    const ids: number[] = []
    for (let index = 0; index < count; index++) ids.push(await opened.put(cipher.seal(`secret ${index}`)))
    return ids
  }
  const openAt = async (id: number, key = NEW) => createCipher(key).open((await opened.get(id)) ?? '')

  it('seals a group at a time with the new key, and answers where the next begins', async () => {
    const ids = await fill(5)
    const seals = opened.seals(now)
    const first = await seals.reseal(null, 2)
    expect(first).toMatchObject({ resealed: 2, unreadable: 0, next: { after: ids[1] } })
    expect(await Promise.all(ids.slice(0, 2).map((id) => openAt(id)))).toEqual(['secret 0', 'secret 1'])
    expect(await openAt(ids[2] ?? 0, OLD)).toBe('secret 2')
    expect(await seals.reseal(first.next, 10)).toMatchObject({ resealed: 3 })
    expect(await openAt(ids[4] ?? 0)).toBe('secret 4')
  })

  it('finds nothing to do the second time, and after a stop only the rest', async () => {
    await fill(3)
    expect(await opened.seals(now).reseal(null, 1)).toMatchObject({ resealed: 1 })
    expect(await opened.seals(now).reseal(null, 10)).toMatchObject({ resealed: 2 })
    expect(await opened.seals(now).reseal(null, 10)).toMatchObject({ resealed: 0, unreadable: 0 })
  })

  it('leaves what no key opens as it is, counts it and goes on behind it', async () => {
    await opened.clear()
    const lost = createCipher(LOST).seal('lost')
    const [bad, good] = [await opened.put(lost), await opened.put(before.seal('good'))]
    const { next, ...first } = await opened.seals(now).reseal(null, 1)
    expect(first).toEqual({ resealed: 0, unreadable: 1 })
    expect(await opened.seals(now).reseal(next, 1)).toMatchObject({ resealed: 1, unreadable: 0 })
    expect(await opened.get(bad)).toBe(lost)
    expect(await openAt(good)).toBe('good')
  })

  it('is readable with the keys that sealed it, and not without one of them', async () => {
    await fill(2)
    await opened.put(now.seal('new'))
    expect(await opened.seals(now).isReadable()).toBe(true)
    expect(await opened.seals(before).isReadable()).toBe(false)
    expect(await opened.seals(createCipher(NEW)).isReadable()).toBe(false)
    await opened.clear()
    expect(await opened.seals(createCipher(LOST)).isReadable()).toBe(true)
  })
}
