import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Channels } from '../../core/ports.ts'
import { createCipher } from '../auth/encryption.ts'
import { createChannels } from './channels.ts'
import type { PrismaClient } from './generated/client.ts'
import { openMigratedDatabase } from './migrated-database.testing.ts'

let database: Awaited<ReturnType<typeof openMigratedDatabase>>
let prisma: PrismaClient
let channels: Channels

beforeAll(async () => {
  database = await openMigratedDatabase('channels')
  prisma = database.prisma
  channels = createChannels(prisma, createCipher('ab'.repeat(32)))
})
afterAll(() => database?.[Symbol.asyncDispose]())

const workspace = async (name: string) => (await prisma.workspace.create({ data: { name, epoch: name } })).id

const credentials = { token: '77:top-secret', webhookSecret: 'hook' }
const botOf = (workspaceId: number, externalId: string) => ({
  ...{ workspaceId, source: 'telegram' as const, name: 'Bot', externalId, username: 'shop_bot' },
  ...{ apiRoot: null, credentials },
})

it('seals credentials, connects an account once in the instance, and frees it when removed', async () => {
  const mine = await workspace('mine')
  const theirs = await workspace('theirs')
  const channel = await channels.create(botOf(mine, '77'))
  const row = await prisma.channel.findUniqueOrThrow({ where: { id: channel.id } })
  expect(row.credentials).not.toContain('secret')
  expect(await channels.findById(channel.id)).toMatchObject({ credentials, isConnect: true })
  expect(await channels.findByUsername('telegram', 'Shop_Bot')).toMatchObject({ id: channel.id })
  expect(await channels.findByUsername('telegram', 'shopXbot')).toBeNull()
  expect(JSON.stringify(await channels.list([mine]))).not.toContain('secret')
  await expect(channels.create(botOf(theirs, '77'))).rejects.toMatchObject({ code: 'conflict' })
  expect(await channels.remove([theirs], channel.id)).toBeNull()
  expect(await channels.remove([mine], channel.id)).toMatchObject({ credentials, isConnect: false })
  expect(await channels.findById(channel.id)).toBeNull()
  expect(await channels.list([mine])).toEqual([])
  expect(await channels.create(botOf(theirs, '77'))).toMatchObject({ workspaceId: theirs })
})

it('fails what is queued for a removed channel, and says so in the log', async () => {
  const workspaceId = await workspace('queue')
  const { id: channelId } = await channels.create(botOf(workspaceId, '88'))
  const customer = await prisma.customer.create({
    data: { workspaceId, channelId, source: 'telegram', sourceId: '5' },
  })
  const whole = { workspaceId, channelId, customerId: customer.id }
  await prisma.conversation.create({ data: { ...whole, id: 'QueueConv', title: 'x', source: 'telegram' } })
  const states = ['queued', 'sent'] as const
  for (const [index, state] of states.entries()) {
    const at = { conversationId: 'QueueConv', id: `QueueMsg${index}`, seq: index + 1 }
    await prisma.message.create({
      data: { ...at, workspaceId, type: 'support', content: 'x', sender: 'user:1' },
    })
    await prisma.delivery.create({ data: { ...whole, conversationId: 'QueueConv', messageId: at.id, state } })
  }
  await channels.remove([workspaceId], channelId)
  const deliveries = await prisma.delivery.findMany({ where: { channelId }, orderBy: { id: 'asc' } })
  expect(deliveries).toMatchObject([
    { state: 'failed', error: 'Telegram service not available' },
    { state: 'sent', error: null },
  ])
  const events = await prisma.event.findMany({ where: { workspaceId } })
  expect(events).toMatchObject([{ seq: 1n, type: 'delivery.attempted', messageId: 'QueueMsg0' }])
})

it('shows why a channel was stopped, and goes on finding it', async () => {
  const { id, workspaceId } = await channels.create(botOf(await workspace('stopped'), '99'))
  await channels.stop(id, 'The token was revoked')
  const stopped = { id, isConnect: false, stoppedReason: 'The token was revoked' }
  expect(await channels.list([workspaceId])).toMatchObject([stopped])
  expect(await channels.findById(id)).toMatchObject(stopped)
})
