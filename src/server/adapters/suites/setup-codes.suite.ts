import { randomUUID } from 'node:crypto'
import { beforeAll, expect, it } from 'vitest'
import { personOf } from './accounts.testing.ts'
import { type OpenStores, storesOf, times } from './stores.testing.ts'

const HOUR = 3_600_000

/** What every store promises of the first administrator. One instance lives through these tests, in their order. */
export function describeSetupCodes(open: OpenStores) {
  const opened = storesOf(open)
  const nodeOf = (index: number) => (index % 2 ? opened().elsewhere : opened().stores)
  const refusal = { code: 'forbidden', cause: 'setup_code' }
  const claim = (setupDigest: string, index = 0) => {
    const name = randomUUID()
    return nodeOf(index).accounts.create({ ...personOf(name), administers: { setupDigest } })
  }

  beforeAll(async () => {
    const plain = await opened().stores.accounts.create({ ...personOf(randomUUID()), administers: 'no' })
    expect(plain.isInstanceAdmin).toBe(false)
  })

  it('makes nobody of whom the code is unknown or expired, and nothing half-made stays', async () => {
    const { accounts, setupCodes } = opened().stores
    await setupCodes.add('expired', Date.now() - 1)
    for (const setupDigest of ['expired', 'unknown', '']) {
      const name = randomUUID()
      const attempt = accounts.create({ ...personOf(name), administers: { setupDigest } })
      await expect(attempt).rejects.toMatchObject(refusal)
      expect(await accounts.findByLogin(name)).toBeNull()
    }
    expect(await setupCodes.isDone()).toBe(false)
  })

  it('keeps only the newest of very many codes', async () => {
    const { setupCodes } = opened().stores
    await setupCodes.add('first', Date.now() + HOUR)
    for (const index of times(100, (n) => n)) await setupCodes.add(`later-${index}`, Date.now() + HOUR)
    await expect(claim('first')).rejects.toMatchObject(refusal)
  })

  it('makes one administrator of ten who bring good codes at once, and no code is good afterwards', async () => {
    const codes = times(10, () => randomUUID())
    for (const [index, code] of codes.entries()) await nodeOf(index).setupCodes.add(code, Date.now() + HOUR)
    const results = await Promise.allSettled(codes.map((code, index) => claim(code, index + 1)))
    const made = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
    expect(made).toMatchObject([{ isInstanceAdmin: true }])
    expect(await opened().elsewhere.setupCodes.isDone()).toBe(true)
    for (const code of codes) await expect(claim(code)).rejects.toMatchObject(refusal)
    await opened().stores.setupCodes.add('late', Date.now() + HOUR)
    await expect(claim('late')).rejects.toMatchObject(refusal)
  })
}
