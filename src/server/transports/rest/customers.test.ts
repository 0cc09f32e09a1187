import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Conversation } from '../../contract/conversation.ts'
import { join, openListed, type Person } from '../../core/cast.testing.ts'
import { startRest } from './rest-server.testing.ts'

let rest: Awaited<ReturnType<typeof startRest>>
let anna: Person
let own: Conversation
let foreign: Conversation
beforeAll(async () => {
  rest = await startRest()
  foreign = await openListed((await rest.enter('omar')).as)
})
beforeEach(async () => {
  anna = await rest.enter(`anna${rest.ctx.ids.short()}`)
  own = await openListed(anna.as)
})
afterAll(() => rest.close())

const item = ({ customerId }: Conversation) => `message/customer-item/${customerId}/`
const NOT_FOUND = { status: 404, json: { error: 'Customer not found' } }

describe('one customer', () => {
  it('is read and changed by name; what is not named stays', async () => {
    const { json: tag } = await rest.call('POST', 'message/tags', { name: 'VIP' }, anna)
    const changes = { last_name: 'Ray', email: 'kim@example.com', tag_ids: [tag.id] }
    const { status, json } = await rest.call('PATCH', item(own), changes, anna)
    expect(status).toBe(200)
    expect(json).toMatchObject({ first_name: own.customer.firstName, last_name: 'Ray', tag: [tag] })
    expect((await rest.call('GET', item(own), undefined, anna)).json).toEqual(json)
    expect((await rest.call('PUT', item(own), { description: 'Tall' }, anna)).json).toMatchObject({
      last_name: 'Ray',
      description: 'Tall',
    })
  })

  it.each([
    [{ email: 'x' }, { email: ['Enter a valid email address.'] }],
    [{ profile_picture: 'x' }, { profile_picture: ['Enter a valid URL.'] }],
    [{ tag_ids: [999_999] }, { tag_ids: ['Invalid pk "999999" - object does not exist.'] }],
  ])('is not changed by %j', async (changes, errors) => {
    const before = await rest.call('GET', item(own), undefined, anna)
    expect(await rest.call('PATCH', item(own), { last_name: 'Ray', ...changes }, anna)).toMatchObject({
      status: 400,
      json: errors,
    })
    expect((await rest.call('GET', item(own), undefined, anna)).json).toEqual(before.json)
  })

  it('of somebody else is as one that is not there', async () => {
    for (const path of [item(foreign), 'message/customer-item/999999/', 'message/customer-item/x/'])
      for (const method of ['GET', 'PATCH', 'PUT', 'DELETE'])
        expect(
          await rest.call(method, path, method[0] === 'P' ? { last_name: 'x' } : undefined, anna),
        ).toMatchObject(NOT_FOUND)
  })

  it('is deleted with their conversations, by whoever may', async () => {
    const bob = await join(anna.as, `bob${rest.ctx.ids.short()}`)
    expect((await rest.call('DELETE', item(own), undefined, bob)).status).toBe(403)
    expect((await rest.call('DELETE', item(own), undefined, anna)).status).toBe(204)
    expect(await rest.call('GET', item(own), undefined, anna)).toMatchObject(NOT_FOUND)
    expect((await rest.call('GET', `message/conversation-item/${own.id}/`, undefined, anna)).status).toBe(404)
  })
})

describe('many customers', () => {
  const remove = (body: object, query = '') =>
    rest.call('POST', `message/customers/bulk-delete/${query}`, body, anna)
  const count = async () => (await rest.call('GET', 'message/customers', undefined, anna)).json.count

  it('are not deleted by an empty list', async () => {
    for (const body of [{}, { customer_ids: [] }, { customer_ids: [], all: false }])
      expect(await remove(body)).toMatchObject({ status: 400, json: { error_code: 'NOTHING_SELECTED' } })
    expect(await count()).toBe(1)
  })

  it('are deleted where they are named and one’s own', async () => {
    const other = await openListed(anna.as)
    const { json } = await remove({ customer_ids: [own.customerId, foreign.customerId, 999_999] })
    expect(json.deleted_count).toBe(1)
    expect((await rest.call('GET', item(other), undefined, anna)).status).toBe(200)
  })

  it('are all deleted where it is said, within the query', async () => {
    await rest.call('PATCH', item(own), { email: 'kim@example.com' }, anna)
    await openListed(anna.as)
    expect((await remove({ all: true }, '?email=kim@example.com')).json.deleted_count).toBe(1)
    expect((await remove({ all: true }, '?created_at=soon')).json.deleted_count).toBe(0)
    expect(await count()).toBe(1)
    expect((await remove({ all: true })).json.deleted_count).toBe(1)
  })

  it('leave as CSV in which no cell is a formula', async () => {
    const names = ['=1+1', '+1', '-1', '@x', '\t=1', '\r=1', 'a,"b"\nc', 'سلام']
    for (const [index, first_name] of names.entries())
      await rest.call('PATCH', item(index === 0 ? own : await openListed(anna.as)), { first_name }, anna)
    const { status, text, headers } = await rest.call('POST', 'message/customers/bulk-export/', {}, anna)
    expect([status, headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8'])
    const lines = text.split('\n')
    expect(lines[0]).toBe(
      '\ufeffid,first_name,last_name,username,email,phone_number,description,source,source_id,tags,created_at,updated_at',
    )
    expect(lines.some((line) => /^\d+,"?[=+\-@\t\r]/.test(line))).toBe(false)
    expect(text).toContain('سلام')
  })

  it('that match nothing leave as a refusal', async () => {
    expect(
      await rest.call('POST', 'message/customers/bulk-export/?source=instagram', {}, anna),
    ).toMatchObject({
      status: 400,
      json: { error: 'No customers found matching the criteria' },
    })
    expect(
      (
        await rest.call(
          'POST',
          'message/customers/bulk-export/',
          { customer_ids: [foreign.customerId] },
          anna,
        )
      ).status,
    ).toBe(400)
  })
})

describe('tags', () => {
  it('are made in every spelling, once each, and belong to a workspace', async () => {
    const make = (body: unknown) => rest.call('POST', 'message/tags', body, anna)
    const one = await make({ name: 'VIP' })
    expect(one).toMatchObject({ status: 201, json: { name: 'VIP' } })
    expect((await make({ names: ['VIP', 'New'] })).json).toMatchObject([{ id: one.json.id }, { name: 'New' }])
    expect((await make(['Old', { name: 'VIP' }])).status).toBe(201)
    expect((await make({ name: ' ' })).status).toBe(400)
    const { json } = await rest.call('GET', 'message/tags', undefined, anna)
    expect((json as unknown as { name: string }[]).map(({ name }) => name).sort()).toEqual([
      'New',
      'Old',
      'VIP',
    ])
    expect((await rest.ask('message/tags')).json).toEqual([])
    const item = `message/tags/${one.json.id}/`
    expect((await rest.ask(item)).status).toBe(404)
    expect((await rest.call('PATCH', item, { name: 'Old' }, anna)).status).toBe(409)
    expect((await rest.call('PUT', item, { name: 'Gold' }, anna)).json).toMatchObject({ name: 'Gold' })
    expect((await rest.call('DELETE', item, undefined, anna)).status).toBe(204)
    expect((await rest.call('GET', item, undefined, anna)).status).toBe(404)
  })

  it('are given to a customer and taken away, and so is what else is kept', async () => {
    const made = (await rest.call('POST', 'message/tags', { names: ['A', 'B'] }, anna)).json as unknown as {
      id: number
    }[]
    const path = `message/customer/${own.customerId}/tags/`
    const tag_ids = made.map(({ id }) => id)
    const namesAfter = async (method: string, body: object) =>
      ((await rest.call(method, path, body, anna)).json as unknown as { name: string }[]).map(
        ({ name }) => name,
      )
    expect((await namesAfter('POST', { tag_ids })).sort()).toEqual(['A', 'B', 'Telegram'])
    expect((await namesAfter('DELETE', { tag_ids: tag_ids.slice(0, 1) })).sort()).toEqual(['B', 'Telegram'])
    expect((await rest.call('POST', path, { tag_ids }, rest.anna)).status).toBe(404)
    const data = `message/customer-data/${own.customerId}/`
    await rest.call('PUT', data, { a: 1 }, anna)
    expect((await rest.call('PATCH', data, { b: 2 }, anna)).json).toEqual({ a: 1, b: 2 })
    expect((await rest.call('PUT', data, { c: 3 }, anna)).json).toEqual({ c: 3 })
    expect((await rest.call('GET', data)).status).toBe(404)
  })
})
