import { randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import pg from 'pg'
import { z } from 'zod'
import { LegacyMessage } from '../../src/server/contract/legacy.ts'
import { LiveReader } from '../support/console.ts'
import { embeddedUrl } from '../support/folder.ts'
import { chatPath, RawSocket } from '../support/raw-socket.ts'
import { type Answer, call } from '../support/rest.ts'
import { expectNoSecrets, Shop } from '../support/shop.ts'

test.describe.configure({ mode: 'default' })

let shop: Shop
test.beforeAll(async () => {
  shop = await Shop.open(7_100_001)
})
test.afterAll(() => shop.close())

const range = (count: number) => Array.from({ length: count }, (_, index) => index)
const seqs = (messages: { seq: number }[]) => messages.map(({ seq }) => seq)
const Sent = z.object({ data: z.object({ message: LegacyMessage }) })

test('a message that is sent ten times at once with one clientId is one message at one place', async () => {
  const id = await shop.conversation(101)
  const socket = await RawSocket.open(shop.host, chatPath(id, shop.owner.access))
  const clientId = randomUUID()

  const sent = await Promise.all(range(10).map(() => shop.console.send(id, 'Only once', clientId)))
  const after = await shop.console.send(id, 'And another', randomUUID())
  const again = await shop.console.send(id, 'Only once', clientId)

  expect(new Set([...sent, again].map((message) => `${message.id} ${message.seq}`)).size).toBe(1)
  expect(seqs([...sent.slice(0, 1), after])).toEqual([2, 3])
  expect(seqs(await shop.console.thread(id))).toEqual([1, 2, 3])
  await socket.until(() => socket.live.length >= 2)
  expect(socket.live.map(({ content }) => content)).toEqual(['Only once', 'And another'])
  await expect.poll(() => shop.telegram.sent.filter(({ chatId }) => chatId === '101').length).toBe(2)
  socket.close()
})

test('the same clientId of another sender is another message', async () => {
  const id = await shop.conversation(102)
  const clientId = randomUUID()
  const mine = await shop.console.send(id, 'From the console', clientId)
  const path = `/api/v1/message/conversation/${id}/send-message/`
  const headers = { 'idempotency-key': randomUUID() }
  const answer = await call(shop.host, path, {
    token: shop.owner.access,
    body: { content: 'From REST' },
    headers,
  })
  expect(Sent.parse(answer.json).data.message.id).not.toBe(mine.id)
  expect(seqs(await shop.console.thread(id))).toEqual([1, 2, 3])
})

test('a REST request that is repeated ten times at once with one Idempotency-Key is one message', async () => {
  const id = await shop.conversation(103)
  const path = `/api/v1/message/conversation/${id}/send-message/`
  const headers = { 'idempotency-key': randomUUID() }
  const send = (): Promise<Answer> =>
    call(shop.host, path, { token: shop.owner.access, body: { content: 'Only once' }, headers })

  const answers = await Promise.all(range(10).map(send))

  expect(answers.map(({ status }) => status)).toEqual(range(10).map(() => 201))
  expect(new Set(answers.map(({ json }) => Sent.parse(json).data.message.id)).size).toBe(1)
  expect(seqs(await shop.console.thread(id))).toEqual([1, 2])
  expect(shop.telegram.sent.filter(({ chatId }) => chatId === '103')).toHaveLength(1)
})

test('a webhook that is delivered ten times at once is one message', async () => {
  const id = await shop.conversation(104)
  const update = shop.bot.updateOf(104, 'Delivered often')
  const answers = await Promise.all(range(10).map(() => shop.bot.post(shop.host, update)))
  expect(answers.map(({ status }) => status)).toEqual(range(10).map(() => 200))
  await shop.bot.write(shop.host, 104, 'The next one')
  await shop.bot.post(shop.host, update)

  await expect.poll(async () => (await shop.console.thread(id)).length).toBe(3)
  expect((await shop.console.thread(id)).map(({ seq, content }) => [seq, content])).toEqual([
    [1, 'Hello'],
    [2, 'Delivered often'],
    [3, 'The next one'],
  ])
})

test('fifty webhooks at once of a customer nobody knows make one conversation with fifty messages', async () => {
  const { position } = await shop.console.conversations()
  const reader = new LiveReader(() => shop.console).follow(position)
  const texts = range(50).map((index) => `Message ${index}`)

  const answers = await Promise.all(
    texts.map((text) => shop.bot.post(shop.host, shop.bot.updateOf(105, text))),
  )
  expect(answers.map(({ status }) => status)).toEqual(texts.map(() => 200))
  await expect.poll(() => reader.messages().length).toBe(50)

  const { conversations } = await shop.console.conversations()
  const theirs = conversations.filter(({ customer }) => customer.sourceId === '105')
  expect(theirs).toHaveLength(1)
  const thread = await shop.console.thread(theirs[0]?.id ?? '')
  expect(seqs(thread)).toEqual(range(50).map((index) => index + 1))
  expect(thread.map(({ content }) => content).sort()).toEqual([...texts].sort())
  expect(reader.messages().map(({ id }) => id)).toEqual(thread.map(({ id }) => id))
  expect(reader.events.filter(({ type }) => type === 'conversation.opened')).toHaveLength(1)
  await reader.close()
})

test('a live reader that is cut again and again gets each event once and in order', async () => {
  const id = await shop.conversation(106)
  const { position } = await shop.console.conversations()
  const reader = new LiveReader(() => shop.console).follow(position)
  const steady = new LiveReader(() => shop.console).follow(position)

  for (const index of range(60)) {
    await shop.console.send(id, `Line ${index}`, randomUUID())
    if (index % 15 !== 7) continue
    await expect.poll(() => reader.messages(id).length).toBeGreaterThan(0)
    reader.cut()
  }
  await expect.poll(() => reader.messages(id).length).toBe(60)
  await expect.poll(() => shop.telegram.sent.filter(({ chatId }) => chatId === '106').length).toBe(60)
  await expect.poll(() => steady.events.length).toBe(120)
  await expect.poll(() => reader.events.length).toBe(120)

  expect(reader.opened).toBeGreaterThanOrEqual(5)
  expect(reader.errors).toEqual([])
  expect(reader.resets).toEqual([])
  const first = reader.events[0]?.seq ?? 0
  expect(seqs(reader.events)).toEqual(reader.events.map((_, index) => first + index))
  // What an event says of the conversation may be newer than the event; what it is and where it stands may not.
  expect(reader.events.map(({ seq, type }) => [seq, type])).toEqual(
    steady.events.map(({ seq, type }) => [seq, type]),
  )
  expect(seqs(reader.messages(id))).toEqual(range(60).map((index) => index + 2))
  await Promise.all([reader.close(), steady.close()])
})

test('a position of another log, of the future or from before what is kept is answered with a reset, and live goes on', async () => {
  const id = await shop.conversation(107)
  const { position } = await shop.console.conversations()
  const [epoch = '', head = ''] = position.split(':')
  await forgetEvents(Number(head) - 1)
  const asked = [
    ['epoch', `another-log:${head}`],
    ['too_old', `${epoch}:${Number(head) + 1_000}`],
    ['too_old', `${epoch}:${Number(head) - 2}`],
  ] as const
  for (const [index, [reason, from]] of asked.entries()) {
    const reader = new LiveReader(() => shop.console).follow(from)
    await expect.poll(() => reader.resets).toEqual([reason])
    expect(reader.positions[0]?.split(':')[0]).toBe(epoch)
    expect(reader.messages(), 'nothing of before is replayed').toEqual([])
    const text = `After reset ${index}`
    await shop.console.send(id, text, randomUUID())
    await expect.poll(() => reader.messages(id).map(({ content }) => content)).toEqual([text])
    await reader.close()
  }
})

/** What keeping events for a limited time leaves behind. */
async function forgetEvents(upTo: number) {
  const client = new pg.Client({ connectionString: embeddedUrl(shop.dataDir) })
  await client.connect()
  await client.query('DELETE FROM event WHERE seq <= $1', [upTo])
  await client.query('UPDATE workspace SET floor_seq = $1', [upTo])
  await client.end()
}

test('none of it put a secret into the log', () => {
  expectNoSecrets(shop.node.output, shop.secrets)
})
