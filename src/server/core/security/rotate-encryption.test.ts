import { describe, expect, it } from 'vitest'
import { createCipher } from '../../adapters/auth/encryption.ts'
import { createMemorySeals } from '../../adapters/memory/seals.ts'
import { ListAudit } from '../../contract/audit.ts'
import { createTestCtx } from '../context.testing.ts'
import type { Seals } from '../ports/seals.ts'
import { MAX_GROUP, rotateEncryption } from './rotate-encryption.ts'

const [OLD, NEW] = ['ab'.repeat(32), 'cd'.repeat(32)]
const by = { kind: 'cli' as const, id: null, name: 'peyk' }
const now = createCipher(() => ({ current: NEW, old: [OLD] }))

function open(count: number) {
  const before = createCipher(OLD)
  const values = new Map(Array.from({ length: count }, (_, id) => [id, before.seal(`secret ${id}`)]))
  const { ctx } = createTestCtx()
  const audited = () => ctx.audit.list(null, ListAudit.parse({ action: 'encryption.rotated' }))
  return { values, audited, ctx: { ...ctx, seals: createMemorySeals(values, now) } }
}

describe('rotating the key', () => {
  it('seals everything anew, over several groups, and writes down how much', async () => {
    const { ctx, values, audited } = open(MAX_GROUP * 2 + 1)
    expect(await rotateEncryption(ctx, { by })).toEqual({ resealed: MAX_GROUP * 2 + 1, unreadable: 0 })
    const opened = [...values.values()].map((value) => createCipher(NEW).open(value))
    expect(opened).toEqual(opened.map((_, id) => `secret ${id}`))
    expect(await audited()).toMatchObject([
      { actor: by, target: 'instance', after: { resealed: opened.length } },
    ])
  })

  it('is through at once the second time, and writes nothing down for it', async () => {
    const { ctx, audited } = open(3)
    await rotateEncryption(ctx, { by })
    expect(await rotateEncryption(ctx, { by })).toEqual({ resealed: 0, unreadable: 0 })
    expect(await audited()).toHaveLength(1)
  })

  it('goes on where one that was broken off had come to', async () => {
    const { ctx, values } = open(MAX_GROUP + 5)
    let groups = 0
    const dying: Seals = {
      ...ctx.seals,
      reseal: (place, limit) =>
        groups++ ? Promise.reject(new Error('gone')) : ctx.seals.reseal(place, limit),
    }
    await expect(rotateEncryption({ ...ctx, seals: dying }, { by })).rejects.toThrow('gone')
    const left = () => [...values.values()].filter((value) => !value.startsWith(now.prefix())).length
    expect(left()).toBe(5)
    expect(await rotateEncryption(ctx, { by })).toEqual({ resealed: 5, unreadable: 0 })
    expect(left()).toBe(0)
  })

  it('says what nothing opens, and ends although it stays', async () => {
    const { ctx, values } = open(2)
    values.set(9, createCipher('ef'.repeat(32)).seal('lost'))
    expect(await rotateEncryption(ctx, { by })).toEqual({ resealed: 2, unreadable: 1 })
  })
})
