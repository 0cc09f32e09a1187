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
