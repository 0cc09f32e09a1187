import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rotateEncryption } from '../../core/security/rotate-encryption.ts'
import { createCipher } from '../auth/encryption.ts'
import { describeSeals, type SealsInTest } from '../suites/seals.suite.ts'
import { openChannel, openWorkspace } from '../suites/stores.testing.ts'
import { openPostgresStores } from './open-stores.testing.ts'
import { createSeals } from './seals.ts'

const [OLD, NEW] = ['ab'.repeat(32), 'cd'.repeat(32)]
const by = { kind: 'cli' as const, id: null, name: 'peyk' }

/** Values in the credentials of channels. */
async function open(name: string): Promise<SealsInTest & { pool: pg.Pool }> {
  const opened = await openPostgresStores(name)()
  const pool = new pg.Pool({ connectionString: opened.connectionString })
  const { id: workspaceId } = await openWorkspace(opened.stores)
  return {
    pool,
    seals: (cipher) => createSeals(pool, cipher),
    async put(value) {
      const { id } = await openChannel(opened.stores, workspaceId)
      await pool.query('UPDATE channel SET credentials = $2 WHERE id = $1', [id, value])
      return id
    },
    get: async (id) =>
      (await pool.query('SELECT credentials FROM channel WHERE id = $1', [id])).rows[0]?.credentials ?? null,
    clear: async () => void (await pool.query('DELETE FROM channel')),
    async close() {
      await pool.end()
      await opened.close()
    },
  }
}

describeSeals(() => open('seals'))

describe('a rotation', () => {
  let place: Awaited<ReturnType<typeof open>>
  const before = createCipher(OLD)
  const now = createCipher(() => ({ current: NEW, old: [OLD] }))
  const audit = { add: async () => {}, list: async () => [] }
  beforeAll(async () => {
    place = await open('rotation')
  })
  afterAll(() => place?.close())

  it('by two at once seals every value once, and both end', async () => {
    await place.clear()
    const ids = []
    for (let index = 0; index < 40; index++) ids.push(await place.put(before.seal(`secret ${index}`)))
    const ctx = { seals: place.seals(now), audit }
    const both = await Promise.all([rotateEncryption(ctx, { by }), rotateEncryption(ctx, { by })])
    expect(both[0].resealed + both[1].resealed).toBe(40)
    const read = ids.map(async (id) => createCipher(NEW).open((await place.get(id)) ?? ''))
    expect(await Promise.all(read)).toEqual(ids.map((_, index) => `secret ${index}`))
  })

  it('keeps what somebody writes while it is at the same row, and comes back to it', async () => {
    await place.clear()
    const id = await place.put(before.seal('first'))
    const written = `second ${randomUUID()}`
    let isWritten = false
    // A writer of an old node who comes exactly between the reading and the writing of the group.
    const interrupted = new Proxy(place.pool, {
      get: (pool, name) => {
        if (name !== 'query') return Reflect.get(pool, name)
        return async (sql: string, values: unknown[]) => {
          if (sql.startsWith('UPDATE') && !isWritten) {
            isWritten = true
            await pool.query('UPDATE channel SET credentials = $2 WHERE id = $1', [id, before.seal(written)])
          }
          return pool.query(sql, values)
        }
      },
    })
    const seals = createSeals(interrupted, now)
    expect(await seals.reseal(null, 10)).toMatchObject({ resealed: 0, unreadable: 0 })
    expect(before.open((await place.get(id)) ?? '')).toBe(written)
    expect(await rotateEncryption({ seals, audit }, { by })).toEqual({ resealed: 1, unreadable: 0 })
    expect(createCipher(NEW).open((await place.get(id)) ?? '')).toBe(written)
  })
})
