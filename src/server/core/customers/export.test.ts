import { expect, it } from 'vitest'
import { CustomerExport } from '../../contract/export.ts'
import { toExportText } from '../../transports/export-text.ts'
import { join, openListed, say } from '../cast.testing.ts'
import { actAs, createTestCtx } from '../context.testing.ts'
import type { MemberCtx } from '../context.ts'
import { markRead } from '../conversations/mark-read.ts'
import { sendMessage } from '../messages/send.ts'
import { exportCustomer } from './export.ts'

async function open() {
  const { ctx } = createTestCtx()
  const anna = await actAs(ctx, 'anna')
  const conversation = await openListed(anna)
  return { ctx, anna, conversation, customerId: conversation.customerId }
}

const exported = async (member: MemberCtx, customerId: number) => {
  const chunks: string[] = []
  for await (const chunk of toExportText(await exportCustomer(member, { customerId }))) chunks.push(chunk)
  return { chunks, document: CustomerExport.parse(JSON.parse(chunks.join(''))) }
}

it('tells everything that is kept of a customer', async () => {
  const { anna, conversation, customerId } = await open()
  await say(anna, conversation, 'یک پیام "quoted"\n')
  await sendMessage(anna, {
    conversationId: conversation.id,
    content: 'Yes',
    type: 'support',
    clientId: null,
  })
  await markRead(anna, { conversationId: conversation.id, upTo: 1 })
  const { document } = await exported(anna, customerId)
  expect(document.customer).toMatchObject({ id: customerId, firstName: conversation.customer.firstName })
  expect(document.workspace.name).toBe('anna')
  expect(document.conversations).toHaveLength(1)
  const [first] = document.conversations
  expect(first).toMatchObject({ id: conversation.id, reads: [{ name: 'anna', upTo: 1 }] })
  expect(first?.channel?.source).toBe('telegram')
  expect(first?.messages).toMatchObject([
    { seq: 1, type: 'customer', content: 'یک پیام "quoted"\n', author: null, deliveries: [] },
    { seq: 2, type: 'support', content: 'Yes', author: 'anna', deliveries: [{ state: 'queued' }] },
  ])
})

it('reads a long conversation a page at a time', async () => {
  const { anna, conversation, customerId } = await open()
  for (let index = 1; index <= 401; index++) await say(anna, conversation, `No. ${index}`)
  const { chunks, document } = await exported(anna, customerId)
  expect(document.conversations[0]?.messages.map(({ seq }) => seq)).toEqual(
    Array.from({ length: 401 }, (_, index) => index + 1),
  )
  expect(chunks.length).toBeGreaterThanOrEqual(3 + 3)
})

it('writes whole documents of customers with several conversations, and with none', async () => {
  const { anna, conversation, customerId } = await open()
  await anna.journal.amend({
    kind: 'delete',
    workspaceIds: [anna.actor.workspaceId],
    conversationId: conversation.id,
  })
  expect((await exported(anna, customerId)).document.conversations).toEqual([])
})

it('is for owners and admins, and is written down', async () => {
  const { ctx, anna, customerId } = await open()
  const [{ as: agent }, { as: admin }, omar] = [
    await join(anna, 'bob'),
    await join(anna, 'cleo', 'admin'),
    await actAs(ctx, 'omar'),
  ]
  await expect(exportCustomer(agent, { customerId })).rejects.toMatchObject({ code: 'forbidden' })
  await expect(exportCustomer(omar, { customerId })).rejects.toMatchObject({ code: 'not_found' })
  const listed = () => anna.audit.list(anna.actor.workspaceId, { action: 'customer.exported', limit: 9 })
  expect(await listed()).toEqual([])
  await exported(admin, customerId)
  expect(await listed()).toMatchObject([{ target: `customer:${customerId}`, actor: { name: 'cleo' } }])
})
