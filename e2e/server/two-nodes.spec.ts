import { randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { z } from 'zod'
import { Console, dataOf, LiveReader } from '../support/console.ts'
import { createDatabase, makeSecrets, startPostgres } from '../support/database.ts'
import { TemporaryFolder } from '../support/folder.ts'
import { type PeykNode, type Settings, startNode } from '../support/node.ts'
import { chatPath, RawSocket } from '../support/raw-socket.ts'
import { RedisServer } from '../support/redis.ts'
import { call, type Person, register, shareWorkspace } from '../support/rest.ts'
import { expectNoSecrets } from '../support/shop.ts'
import { Bot, FakeTelegram } from '../support/telegram.ts'

test.describe.configure({ mode: 'default' })

const CHAT = 301
const Connections = z.object({
  connections: z.array(
    z.object({ id: z.string(), kind: z.string(), user: z.object({ id: z.number() }), openedAt: z.string() }),
  ),
})
/** A node that hears nothing from the bus looks for what is new this often, and a little. */
const WITHOUT_REDIS_MS = 5_000

let folder: TemporaryFolder
let redis: RedisServer
let telegram: FakeTelegram
let settings: Settings
let nodeA: PeykNode
let nodeB: PeykNode
let sara: Person
let ali: Person
let bot: Bot
let saraAtA: Console
let aliAtB: Console
let conversationId: string

test.beforeAll(async () => {
  folder = new TemporaryFolder()
  telegram = await new FakeTelegram().start()
  redis = await RedisServer.start(folder)
  const DATABASE_URL = await createDatabase(await startPostgres(folder), 'nodes')
  const secrets = makeSecrets()
  settings = { DATABASE_URL, REDIS_URL: redis.url, TELEGRAM_API_ROOT: telegram.url, ...secrets }
  ;[nodeA, nodeB] = await Promise.all([startNode(settings), startNode(settings)])
  ;[sara, ali] = await Promise.all([register(nodeA.host, 'sara'), register(nodeB.host, 'ali')])
  await shareWorkspace(nodeA.host, sara, ali)
  bot = await Bot.connect(nodeA.host, sara, 7_300_001)
  await bot.write(nodeA.host, CHAT, 'Hello')
  saraAtA = await Console.open(nodeA.host, sara)
  aliAtB = await Console.open(nodeB.host, ali)
  await expect.poll(async () => (await aliAtB.conversations()).conversations.length).toBe(1)
  conversationId = (await aliAtB.conversationWith(CHAT)).id
})

test.afterAll(async () => {
  await Promise.all([nodeA, nodeB].map((node) => node?.stop()))
  await redis?.kill()
  telegram?.close()
  folder?.remove()
})

const enter = (node: PeykNode, who: Person) => RawSocket.open(node.host, chatPath(conversationId, who.access))
const range = (count: number) => Array.from({ length: count }, (_, index) => index)

/** The console's live reader from here on. */
async function follow(who: Console): Promise<LiveReader> {
  return new LiveReader(() => who).follow((await who.conversations()).position)
}

test('what is written at one node is seen at the other, once and in order, on raw sockets and in the console', async () => {
  const [rawA, rawB, liveA, liveB] = await Promise.all([
    enter(nodeA, sara),
    enter(nodeB, ali),
    follow(saraAtA),
    follow(aliAtB),
  ])
  const begin = (await aliAtB.thread(conversationId)).length

  await Promise.all([
    ...range(15).map((index) => saraAtA.send(conversationId, `Console at A ${index}`, randomUUID())),
    ...range(15).map((index) => aliAtB.send(conversationId, `Console at B ${index}`, randomUUID())),
    ...range(5).map((index) => bot.write(nodeB.host, CHAT, `Customer through B ${index}`)),
    ...range(5).map((index) => bot.write(nodeA.host, CHAT, `Customer through A ${index}`)),
    ...range(5).map(async (index) => rawA.send({ type: 'chat_message', content: `Raw at A ${index}` })),
    ...range(5).map(async (index) => rawB.send({ type: 'chat_message', content: `Raw at B ${index}` })),
  ])

  for (const reader of [rawA, rawB]) await reader.until(() => reader.live.length >= 50)
  for (const reader of [liveA, liveB]) await expect.poll(() => reader.messages().length).toBe(50)
  const thread = (await aliAtB.thread(conversationId)).slice(begin)
  expect(thread.map(({ seq }) => seq)).toEqual(range(50).map((index) => begin + index + 1))
  const ids = thread.map(({ id }) => id)
  for (const reader of [rawA, rawB]) expect(reader.live.map(({ id }) => id)).toEqual(ids)
  for (const reader of [liveA, liveB]) expect(reader.messages().map(({ id }) => id)).toEqual(ids)
  await expect.poll(() => telegram.sent.length).toBe(40)
  expect(new Set(telegram.sent.map(({ text }) => text)).size, 'delivered by one node each').toBe(40)
  await Promise.all([rawA.close(), rawB.close(), liveA.close(), liveB.close()])
})

test('a clientId that is repeated at the other node is the same message', async () => {
  const clientId = randomUUID()
  const saraAtB = saraAtA.at(nodeB.host)
  const sent = await Promise.all(
    range(10).map((index) => (index % 2 ? saraAtA : saraAtB).send(conversationId, 'Only once', clientId)),
  )
  expect(new Set(sent.map(({ id }) => id)).size).toBe(1)
  const thread = await aliAtB.thread(conversationId)
  expect(thread.filter(({ content }) => content === 'Only once')).toHaveLength(1)
})

test('a webhook that comes to both nodes at once is one message', async () => {
  const update = bot.updateOf(CHAT, 'To both at once')
  const hosts = range(10).map((index) => (index % 2 ? nodeA.host : nodeB.host))
  const answers = await Promise.all(hosts.map((host) => bot.post(host, update)))
  expect(answers.map(({ status }) => status)).toEqual(hosts.map(() => 200))
  const arrived = async () =>
    (await aliAtB.thread(conversationId)).filter(({ content }) => content === 'To both at once').length
  await expect.poll(arrived).toBe(1)
  await bot.write(nodeB.host, CHAT, 'After both')
  await expect.poll(async () => (await aliAtB.thread(conversationId)).at(-1)?.content).toBe('After both')
  expect(await arrived()).toBe(1)
})

test('typing at one node is seen at the other, and not by the typist', async () => {
  const [rawA, rawB] = await Promise.all([enter(nodeA, sara), enter(nodeB, ali)])
  const signals = new LiveReader(() => aliAtB).followSignals()
  await expect.poll(() => signals.signals.length).toBeGreaterThan(0)

  const seen = rawB.next('typing_indicator')
  rawA.send({ type: 'typing', is_typing: true })
  expect(await seen).toMatchObject({ user_id: sara.id, username: 'sara Tester', is_typing: true })
  await expect
    .poll(() => signals.signals.filter((signal) => signal.type === 'typing'))
    .toMatchObject([{ id: sara.id, conversationId, isTyping: true }])

  const count = rawA.of('typing_indicator').length
  await signals.tell('live.typing', { conversationId, isTyping: true })
  expect(await rawA.next('typing_indicator', count)).toMatchObject({ user_id: ali.id, is_typing: true })
  expect(rawA.of('typing_indicator').filter(({ user_id }) => user_id === sara.id)).toEqual([])
  await Promise.all([rawA.close(), rawB.close(), signals.close()])
})

test('who comes to and leaves a conversation at one node is told at the other', async () => {
  // A conversation of its own: who has just left another test's is still being waited for there.
  await bot.write(nodeA.host, CHAT + 1, 'Hello')
  await expect.poll(async () => (await aliAtB.conversations()).conversations.length).toBe(2)
  const { id } = await aliAtB.conversationWith(CHAT + 1)
  const rawA = await RawSocket.open(nodeA.host, chatPath(id, sara.access))
  const first = await RawSocket.open(nodeB.host, chatPath(id, ali.access))
  await rawA.until(() => rawA.of('user_presence').length > 0)
  expect(rawA.of('user_presence')).toMatchObject([{ user_id: ali.id, is_online: true }])

  const second = await RawSocket.open(nodeB.host, chatPath(id, ali.access))
  first.close()
  const secondLeaves = rawA.next('user_presence')
  second.close()
  expect(await secondLeaves).toMatchObject({ user_id: ali.id, is_online: false })
  expect(rawA.of('user_presence'), 'one tab of two makes no difference').toHaveLength(2)
  rawA.close()
})

test('who has the console open at one node is online at the other', async () => {
  const atA = new LiveReader(() => saraAtA).followSignals()
  await expect.poll(() => atA.signals.length).toBeGreaterThan(0)
  const atB = new LiveReader(() => aliAtB).followSignals()
  const online = (reader: LiveReader, userId: number) => () =>
    reader.signals.some((signal) => signal.type === 'presence' && signal.userId === userId && signal.isOnline)
  await expect.poll(online(atA, ali.id)).toBe(true)
  await expect.poll(online(atB, sara.id)).toBe(true)
  await Promise.all([atA.close(), atB.close()])
})

test('signing out at one node closes the sockets at the other', async () => {
  const guest = await register(nodeA.host, 'guest')
  await shareWorkspace(nodeA.host, sara, guest)
  const [own, other] = await Promise.all([enter(nodeB, guest), enter(nodeB, ali)])
  await call(nodeA.host, '/api/v1/usr/logout', { token: guest.access })
  await own.until(() => own.closed !== null)
  expect(own.closed?.code).toBe(1008)
  expect(other.closed).toBeNull()
  other.close()
})

/** Whom the owner sees at a node, once it has been told of a socket of this kind. */
async function seen(who: Console, userId: number, kind: string, since = 0): Promise<string> {
  const find = async () =>
    dataOf(await who.ask('connections.list', undefined), Connections).connections.find(
      (one) => one.user.id === userId && one.kind === kind && Date.parse(one.openedAt) >= since,
    )
  await expect.poll(find).toBeTruthy()
  return (await find())?.id ?? ''
}

test('a connection at one node is seen and ended at the other, and its client may come back', async () => {
  const guest = await register(nodeB.host, 'guest')
  await shareWorkspace(nodeA.host, sara, guest)
  const guestAtB = await Console.open(nodeB.host, guest)
  const live = new LiveReader(() => guestAtB).followSignals()
  const raw = await enter(nodeB, guest)
  for (const kind of ['raw-chat', 'console']) {
    const connectionId = await seen(saraAtA, guest.id, kind)
    expect((await saraAtA.tell('connections.end', { connectionId })).status).toBe(200)
  }
  await raw.until(() => raw.closed !== null)
  expect(raw.closed).toEqual({ code: 1008, reason: 'Disconnected by an administrator' })
  await expect.poll(() => live.closeCodes).toEqual([4410])
  await expect.poll(() => live.opened).toBe(2)
  const since = Date.now()
  const again = await enter(nodeB, guest)
  const connectionId = await seen(saraAtA, guest.id, 'raw-chat', since)
  expect((await guestAtB.tell('connections.end', { connectionId })).status).toBe(404)
  expect((await saraAtA.tell('connections.end', { connectionId, signOut: true })).status).toBe(200)
  await again.until(() => again.closed !== null)
  const refused = new RawSocket(nodeB.host, chatPath(conversationId, guest.access))
  await refused.until(() => refused.closed !== null)
  expect(refused.closed?.code).toBe(1008)
  expect(refused.frames).toEqual([])
  await live.close()
})

/** Somebody of Sara's at the other node, with a raw socket and the console open. */
async function openStaff(name: string) {
  const person = await register(nodeA.host, name)
  await shareWorkspace(nodeA.host, sara, person)
  const atB = await Console.open(nodeB.host, person)
  const [raw, live] = [await enter(nodeB, person), await follow(atB)]
  await expect.poll(() => live.opened).toBe(1)
  const close = () => Promise.all([raw.close(), live.close()])
  return { person, atB, raw, live, close }
}

const RIGHTS_CHANGED = 4403
/** A check every five seconds, and the time of the check itself. */
const WITHIN_MS = 6_000

for (const hasRedis of [true, false])
  test(`a role changed at one node ends what was opened with it at the other, ${hasRedis ? 'with' : 'without'} Redis`, async () => {
    const [mina, reza] = [await openStaff('mina'), await openStaff('reza')]
    const bystander = await enter(nodeB, ali)
    if (!hasRedis) await redis.kill()
    const changed = await saraAtA.tell('people.changeRole', { userId: mina.person.id, role: 'admin' })
    expect(changed.status, changed.text).toBe(200)
    expect((await saraAtA.tell('people.remove', { userId: reza.person.id })).status).toBe(200)
    for (const { raw, live } of [mina, reza]) {
      await raw.until(() => raw.closed !== null, WITHIN_MS)
      expect(raw.closed?.code).toBe(1008)
      await expect.poll(() => live.closeCodes[0], { timeout: WITHIN_MS }).toBe(RIGHTS_CHANGED)
    }
    // Both come back with what they are now: one may invite, the other sees nothing of the workspace.
    await expect.poll(() => mina.live.opened).toBe(2)
    expect((await mina.atB.tell('people.invite', { email: 'new@example.com', role: 'agent' })).status).toBe(
      200,
    )
    expect((await reza.atB.conversations()).conversations).toEqual([])
    await RawSocket.open(nodeB.host, chatPath(conversationId, mina.person.access)).then((raw) => raw.close())
    expect(bystander.closed).toBeNull()
    bystander.close()
    await Promise.all([mina.close(), reza.close()])
    if (!hasRedis) redis = await RedisServer.start(folder, redis.port)
  })

test('while Redis is dead messages still come across, and when it is back typing does too', async () => {
  const [rawB, liveB] = await Promise.all([enter(nodeB, ali), follow(aliAtB)])
  await redis.kill()
  const texts = range(10).map((index) => `Without Redis ${index}`)
  for (const text of texts) await saraAtA.send(conversationId, text, randomUUID())
  await rawB.until(() => rawB.live.length >= texts.length, WITHOUT_REDIS_MS)
  expect(rawB.live.map(({ content }) => content)).toEqual(texts)
  await expect.poll(() => liveB.messages().map(({ content }) => content)).toEqual(texts)
  await expect.poll(() => telegram.sent.filter(({ text }) => texts.includes(text)).length).toBe(texts.length)

  redis = await RedisServer.start(folder, redis.port)
  const rawA = await enter(nodeA, sara)
  await expect
    .poll(() => {
      rawA.send({ type: 'typing', is_typing: true })
      return rawB.of('typing_indicator').length
    })
    .toBeGreaterThan(0)
  await Promise.all([rawA.close(), rawB.close(), liveB.close()])
})

test('without Redis a connection at the other node is ended within seconds', async () => {
  // Those of earlier tests are listed for as long as their node has not told of their end.
  const since = Date.now()
  const raw = await enter(nodeB, ali)
  const connectionId = await seen(saraAtA, ali.id, 'raw-chat', since)
  await redis.kill()
  expect((await saraAtA.tell('connections.end', { connectionId })).status).toBe(200)
  await raw.until(() => raw.closed !== null, WITHOUT_REDIS_MS)
  expect(raw.closed?.code).toBe(1008)
  redis = await RedisServer.start(folder, redis.port)
})

test('when one node is killed the other goes on, and its clients come over without a loss', async () => {
  let home = saraAtA
  const { position } = await saraAtA.conversations()
  const moving = new LiveReader(() => home).follow(position)
  const rawB = await enter(nodeB, ali)
  const begin = (await aliAtB.thread(conversationId)).length
  await saraAtA.send(conversationId, 'Before the end of A', randomUUID())

  home = saraAtA.at(nodeB.host)
  await nodeA.kill()
  await bot.write(nodeB.host, CHAT, 'Are you still there?')
  await expect.poll(async () => (await aliAtB.thread(conversationId)).length).toBe(begin + 2)
  await aliAtB.send(conversationId, 'We are', randomUUID())
  await home.send(conversationId, 'I came over', randomUUID())

  const texts = ['Before the end of A', 'Are you still there?', 'We are', 'I came over']
  expect((await aliAtB.thread(conversationId)).slice(begin).map(({ content }) => content)).toEqual(texts)
  await rawB.until(() => rawB.live.length >= texts.length)
  expect(rawB.live.map(({ content }) => content)).toEqual(texts)
  await expect.poll(() => moving.messages().map(({ content }) => content)).toEqual(texts)
  expect(moving.resets).toEqual([])
  await Promise.all([rawB.close(), moving.close()])
})

test('none of it put a secret into the log of a node', () => {
  const { AUTH_SECRET = '', JWT_SECRET = '', ENCRYPTION_KEY = '', DATABASE_URL = '' } = settings
  const people = [sara, ali].flatMap(({ password, access, refresh }) => [password, access, refresh])
  const secrets = [
    AUTH_SECRET,
    JWT_SECRET,
    ENCRYPTION_KEY,
    new URL(DATABASE_URL).password,
    bot.token,
    bot.secret,
  ]
  expectNoSecrets(nodeA.output + nodeB.output, [...secrets, ...people])
})
