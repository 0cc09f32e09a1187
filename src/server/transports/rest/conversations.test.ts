import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Conversation } from '../../contract/conversation.ts'
import type { LiveEvent } from '../../contract/event.ts'
import { join, openKey, openListed, type Person, say } from '../../core/cast.testing.ts'
import { setStatus } from '../../core/conversations/set-status.ts'
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

const item = ({ id }: { id: string }) => `message/conversation-item/${id}/`
const NOT_FOUND = { status: 404, json: { error: 'Conversation not found' } }

it('is read by its id, and by nobody else', async () => {
  expect(await rest.call('GET', item(own), undefined, anna)).toMatchObject({
    status: 200,
    json: {
      id: own.id,
      user: anna.as.actor.userId,
      customer: { id: own.customerId, persona_data: {}, bio: null },
    },
  })
  for (const path of [
    item(foreign),
    item({ id: 'nowhere' }),
    item({ id: 'a-b' }),
    item({ id: '%00' }),
    item({ id: '%ff' }),
  ])
    for (const method of ['GET', 'DELETE'])
      expect(await rest.call(method, path, undefined, anna)).toMatchObject(NOT_FOUND)
})

it('is deleted by whoever may, with its messages, and everybody is told', async () => {
  await say(anna.as, own, 'hello')
  const bob = await join(anna.as, `bob${rest.ctx.ids.short()}`)
  const key = await openKey(anna.as, ['messages', 'read', 'ai'])
  for (const who of [bob, key])
    expect((await rest.call('DELETE', item(own), undefined, who)).status).toBe(403)
  const heard: LiveEvent[] = []
  const { head } = await anna.as.journal.position(anna.as.actor.workspaceId)
  const stop = await anna.as.feed.listen(anna.as.actor.workspaceId, head, (event) => heard.push(event))
  const { status, text } = await rest.call('DELETE', item(own), undefined, anna)
  expect([status, text]).toEqual([204, ''])
  stop()
  expect(heard).toMatchObject([{ type: 'conversation.deleted', conversationId: own.id }])
  expect(await rest.call('GET', item(own), undefined, anna)).toMatchObject(NOT_FOUND)
  expect((await rest.call('GET', 'message/user-messages', undefined, anna)).json).toMatchObject({ count: 0 })
})

it('is found by the filters of the paged list', async () => {
  const closed = await openListed(anna.as)
  await setStatus(anna.as, { conversationId: closed.id, status: 'closed' })
  const ids = async (query: string) => {
    const { json } = await rest.call('GET', `message/user-conversation-full?${query}`, undefined, anna)
    return (json.results as { id: string }[]).map(({ id }) => id).sort()
  }
  const both = [own.id, closed.id].sort()
  expect(await ids('')).toEqual(both)
  expect(await ids('status=closed')).toEqual([closed.id])
  expect(await ids(`search=${own.customer.sourceId}`)).toEqual([own.id])
  expect(await ids('source=telegram&priority=1&is_active=true')).toEqual(both)
  expect(await ids(`created_at=${encodeURIComponent(own.createdAt)}&status=support_active`)).toEqual([own.id])
  for (const none of [
    'source=instagram',
    'priority=high',
    'status=open',
    'created_at=soon',
    'is_active=false',
  ])
    expect(await ids(none)).toEqual([])
})

it('changes hands with all the others', async () => {
  const closed = await openListed(anna.as)
  await setStatus(anna.as, { conversationId: closed.id, status: 'closed' })
  const turn = async (what: string) =>
    (await rest.call('POST', `message/conversations/${what}/`, undefined, anna)).json.updated_count
  const statusOf = async (of: Conversation) => (await rest.call('GET', item(of), undefined, anna)).json.status
  expect([await turn('activate-all'), await statusOf(own), await statusOf(closed)]).toEqual([
    1,
    'active',
    'closed',
  ])
  expect([await turn('activate-all'), await turn('disable-all')]).toEqual([0, 1])
  expect([await statusOf(own), await statusOf(foreign)]).toEqual(['support_active', undefined])
})
