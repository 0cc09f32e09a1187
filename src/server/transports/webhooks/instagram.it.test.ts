import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { createIds } from '../../adapters/auth/ids.ts'
import { openPostgresStores } from '../../adapters/prisma/open-stores.testing.ts'
import { refOf } from '../../emulators/instagram/emulator.testing.ts'
import { type Desk, openDesk } from './instagram-desk.testing.ts'

let opened: Awaited<ReturnType<ReturnType<typeof openPostgresStores>>>
let desk: Desk
beforeAll(async () => {
  opened = await openPostgresStores('instagram')()
})
beforeEach(async () => {
  desk = await openDesk({ stores: { ...opened.stores, ids: createIds() }, who: randomUUID() })
  desk.write(desk.kim, 'سلام')
  await desk.shows([{ content: 'سلام' }])
})
afterEach(async () => {
  await desk.close()
  // Every emulator numbers its accounts alike.
  const workspaceIds = [desk.anna.actor.workspaceId]
  for (const { id } of await desk.ctx.channels.list(workspaceIds))
    await desk.ctx.channels.remove(workspaceIds, id)
})
afterAll(() => opened?.close())

it.each(['before', 'after'] as const)('what is said, both ways, is there once, echoed %s', async (echo) => {
  desk.emulator.setDelivery({ echo, copies: 10 })
  const [one, two] = [await desk.reply('ok'), await desk.reply('ok')]
  for (const { id } of [one, two]) await desk.stands(id, { state: 'sent' })
  desk.write(desk.kim, 'thanks')
  desk.emulator.writeAsOwner({ ...refOf(desk.kim), text: 'from my phone' })
  const rest = [{ content: 'thanks' }, { content: 'from my phone', delivery: null }]
  await desk.isTold()
  await desk.shows([{}, { id: one.id }, { id: two.id }, ...rest])
  expect(desk.at()).toHaveLength(5)
})

it('a lost answer is settled by its echo, and the next message waits for that', async () => {
  desk.emulator.setFault({ kind: 'drop-after', op: 'send' })
  const sent = [await desk.reply('one'), await desk.reply('two')]
  for (const { id } of sent) await desk.stands(id, { state: 'sent' })
  await desk.isTold()
  expect(await desk.texts()).toEqual(['سلام', 'one', 'two'])
  expect(desk.sends()).toHaveLength(2)
})

it('what a customer changes holds, whichever comes first, and of what they take back nothing stays', async () => {
  const { message } = desk.write(desk.kim, { attachments: [{ type: 'image' }] })
  await desk.shows([{}, { attachments: [{ state: 'pending' }] }])
  await desk.copyMedia()
  await desk.shows([{}, { attachments: [{ state: 'ready' }] }])
  const fileId = (await desk.thread())[1]?.attachments?.[0]?.id ?? ''
  desk.emulator.setDelivery({ paused: true, order: 'reversed' })
  const late = desk.write(desk.kim, 'helo')
  desk.emulator.edit({ ...refOf(desk.kim), mid: late.message.mid, text: 'hello' })
  desk.emulator.react({ ...refOf(desk.kim), mid: late.message.mid, emoji: '❤️' })
  desk.emulator.unsend({ ...refOf(desk.kim), mid: message.mid })
  desk.emulator.setDelivery({ paused: false })
  const reactions = [{ by: 'customer', emoji: '❤️' }]
  await desk.shows([
    {},
    { content: '', deletedAt: expect.any(String) },
    { content: 'hello', extras: { reactions } },
  ])
  expect(await desk.ctx.attachments.find(fileId)).toBeNull()
  const sent = await desk.reply('welcome')
  await desk.stands(sent.id, { state: 'sent' })
  desk.emulator.see(refOf(desk.kim))
  await expect.poll(async () => (await desk.conversation()).seenSeq).toBe(sent.seq)
})

/** Texts that PostgreSQL cannot store and numbers that are none, as JSON spells them, for every leaf of an event. */
const HOSTILE = ['"nul\\u0000"', '"\\ud800"', '1e400', '9007199254740993', '""', 'null', '[]']

function leavesOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]))
}

function withHole(value: unknown, [key, ...rest]: string[]): unknown {
  if (key === undefined) return '<hole>'
  if (Array.isArray(value)) return value.map((one, at) => (String(at) === key ? withHole(one, rest) : one))
  const object = value as Record<string, unknown>
  return { ...object, [key]: withHole(object[key], rest) }
}

it('nothing that an event may hold keeps others from coming, or is tried for ever', async () => {
  const about = { sender: { id: desk.kim.igsid }, recipient: { id: desk.shop.id }, timestamp: Date.now() }
  const attachments = [{ type: 'image', payload: { url: 'https://cdn.invalid/1', title: 'a' } }]
  const reply_to = { mid: 'm0', story: { id: '1', url: 'https://cdn.invalid/2' } }
  const items = [
    { ...about, message: { mid: 'm1', text: 'x', reply_to } },
    { ...about, message: { mid: 'm2', attachments } },
    { ...about, message: { mid: 'm3', is_deleted: true } },
    { ...about, message_edit: { mid: 'm4', text: 'x', num_edit: 1 } },
    { ...about, reaction: { mid: 'm5', action: 'react', reaction: 'love', emoji: '❤️' } },
    { ...about, read: { mid: 'm6' } },
    { ...about, postback: { mid: 'm7', title: 'x', payload: 'y' } },
  ]
  const messaging = items.flatMap((item) =>
    leavesOf(item).flatMap((path) =>
      HOSTILE.map((text) => JSON.stringify(withHole(item, path)).replace('"<hole>"', () => text)),
    ),
  )
  const entry = `{"id":"${desk.shop.id}","time":1,"__proto__":{"polluted":true},"messaging":[${messaging.join(',')}]}`
  expect(await desk.emulator.post({ body: `{"object":"instagram","entry":[${entry}]}` })).toEqual([200])
  desk.write(desk.kim, 'still here')
  const isThere = async () => {
    const pages = (await desk.conversations()).map(({ id }) => desk.anna.messages.page(id, { limit: 50 }))
    return (await Promise.all(pages)).flat().some(({ content }) => content === 'still here')
  }
  await expect.poll(isThere, { timeout: 30_000, interval: 50 }).toBe(true)
  expect(desk.log.sentences.map(({ sentence }) => sentence)).not.toContain('An inbound event is given up')
  expect(desk.log.sentences.map(({ sentence }) => sentence)).not.toContain('An inbound event failed')
  expect((Object.create({}) as { polluted?: unknown }).polluted).toBeUndefined()
})
