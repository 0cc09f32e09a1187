import { expect } from '@playwright/test'
import { z } from 'zod'
import { Cast, test } from '../support/cast.ts'

test.describe.configure({ mode: 'default' })

let cast: Cast
let john: number
let ines: number
let gold: number
let silver: number
test.beforeAll(async ({ shop }) => {
  cast = await Cast.open(shop)
  john = await cast.customer('John')
  ines = await cast.customer('Ines')
  const made = await cast.rest('/message/tags', { body: { names: ['gold', 'silver'] } })
  ;[gold = 0, silver = 0] = Rows.parse(made.json).map(({ id }) => id)
  await change(john, { email: 'john@example.com', phone_number: '+31 20 123', tag_ids: [gold, silver] })
  await change(ines, { description: 'likes tea', tag_ids: [silver] })
  await cast.query(`UPDATE customer SET created_at = '2020-05-05' WHERE id = ${ines}`)
})

const Rows = z.array(z.looseObject({ id: z.number() }))
const item = (id: number | string) => `/message/customer-item/${id}/`
const change = (id: number, body: unknown, method = 'PATCH') => cast.rest(item(id), { method, body })

test.describe('Tags', () => {
  test('GET hides those of platforms; POST takes {name}, {names:[]} or a list; tags/{id}/ and bulk-delete', async () => {
    const tags = async (as = cast.a) => Rows.parse((await cast.rest('/message/tags', { as })).json)
    expect((await tags()).map(({ name }) => name)).not.toContain('Telegram')
    const one = await cast.rest('/message/tags', { body: { name: 'one' } })
    expect([one.status, one.json]).toMatchObject([201, { id: expect.any(Number), name: 'one' }])
    const two = await cast.rest('/message/tags/', { body: { names: ['two', 'three'] } })
    expect([two.status, two.json]).toMatchObject([201, [{ name: 'two' }, { name: 'three' }]])
    const list = await cast.rest('/message/tags', { body: [{ name: 'four' }, { name: 'five' }] })
    expect([list.status, list.json]).toMatchObject([201, [{ name: 'four' }, { name: 'five' }]])
    for (const body of [
      {},
      { name: '' },
      { name: ' ' },
      { name: 5 },
      { names: [] },
      [],
      { name: 'x'.repeat(101) },
    ])
      expect((await cast.rest('/message/tags', { body })).status, JSON.stringify(body)).toBe(400)
    const { id } = z.looseObject({ id: z.number() }).parse(one.json)
    const path = `/message/tags/${id}/`
    expect((await cast.rest(path)).json).toMatchObject({ id, name: 'one' })
    expect((await cast.rest(path, { method: 'PATCH', body: { name: 'uno' } })).json).toMatchObject({
      id,
      name: 'uno',
    })
    expect((await cast.rest(path, { method: 'PUT', body: { name: 'two' } })).status).toBe(409)
    for (const method of ['GET', 'PUT', 'DELETE'])
      expect(
        (await cast.rest(path, { method, as: cast.b, ...(method === 'PUT' && { body: { name: 'x' } }) }))
          .status,
      ).toBe(404)
    const [, three] = Rows.parse(two.json)
    const bulk = await cast.rest('/message/tags/bulk-delete/', { body: { tag_ids: [three?.id, 999_999] } })
    expect([bulk.status, bulk.json]).toMatchObject([200, { deleted_count: 1 }])
    expect((await cast.rest(path, { method: 'DELETE' })).status).toBe(204)
    expect((await tags()).map(({ name }) => name).sort()).toEqual(['five', 'four', 'gold', 'silver', 'two'])
    expect((await tags(cast.b)).map(({ name }) => name)).not.toContain('two')
  })

  test('customer/{id}/tags/ gives and takes tags; customer-data/{id}/ replaces and adds', async () => {
    const path = `/message/customer/${john}/tags/`
    const made = z
      .looseObject({ id: z.number() })
      .parse((await cast.rest('/message/tags', { body: { name: 'vip' } })).json)
    const body = { tag_ids: [made.id] }
    expect((await cast.rest(path, { body })).json).toEqual(
      expect.arrayContaining([{ id: made.id, name: 'vip' }]),
    )
    expect(JSON.stringify((await cast.rest(path)).json)).toContain('"vip"')
    expect(JSON.stringify((await cast.rest(path, { method: 'DELETE', body })).json)).not.toContain('"vip"')
    expect(JSON.stringify((await cast.rest(path)).json)).toContain('"gold"')
    expect((await cast.rest(path, { as: cast.b })).status).toBe(404)
    const data = `/message/customer-data/${john}/`
    expect((await cast.rest(data, { method: 'PUT', body: { a: 1 } })).json).toEqual({ a: 1 })
    expect((await cast.rest(data, { method: 'PATCH', body: { b: [2] } })).json).toEqual({ a: 1, b: [2] })
    expect((await cast.rest(data)).json).toEqual({ a: 1, b: [2] })
    expect((await cast.rest(data, { as: cast.b })).status).toBe(404)
  })
})
