import { randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { z } from 'zod'
import { LegacyMessage } from '../../src/server/contract/legacy.ts'
import { LiveReader } from '../support/console.ts'
import { familyOf, findPostmaster, isRunning } from '../support/folder.ts'
import { chatPath, Frame, listPath, Placed, RawSocket } from '../support/raw-socket.ts'
import { call } from '../support/rest.ts'
import { expectNoSecrets, Shop } from '../support/shop.ts'

const TOTAL = 500
const KILL_AT = 200
/** The raw frame has no key of the client's, so that what was not acknowledged is not repeated. */
const RAW_SHARE = 60
const MAX_TRIES = 20

type Acknowledged = Map<string, string>

/** Sends every text until it is acknowledged, each try under the same key and, after the first failure, at a node that is `back`. */
async function sendAll(
  texts: string[],
  acknowledged: Acknowledged,
  send: (text: string, key: string) => Promise<string>,
  back: Promise<unknown>,
) {
  for (const text of texts) {
    const key = randomUUID()
    for (let tries = 0; !acknowledged.has(text); tries++) {
      if (tries > MAX_TRIES) throw new Error(`'${text}' was never acknowledged.`)
      const id = await send(text, key).catch(() => null)
      if (id === null) await back
      else acknowledged.set(text, id)
    }
  }
}

const Sent = z.object({ data: z.object({ message: LegacyMessage }) })

/** The newest `count` messages as a raw client that has just connected may ask for them. */
const rawHistory = async (socket: RawSocket) => {
  const frame = { type: 'load_more_messages', filters: { page: 1, page_size: 500 } }
  return z.array(Placed).parse((await socket.ask(frame, 'recent_messages')).messages)
}

const range = (count: number) => Array.from({ length: count }, (_, index) => index)

test('every message that was acknowledged before and after kill -9 is there once and in order, everywhere', async () => {
  test.setTimeout(120_000)
  const shop = await Shop.open(7_200_001, { EXTERNAL_SEND_WAIT_MS: '50' })
  try {
    await killWhileSending(shop)
  } finally {
    await shop.close()
  }
})

async function killWhileSending(shop: Shop) {
  const id = await shop.conversation(201)
  const { access } = shop.owner
  const { position } = await shop.console.conversations()
  const reader = new LiveReader(() => shop.console).follow(position)
  const before = await RawSocket.open(shop.host, chatPath(id, access))
  const list = await RawSocket.open(shop.host, listPath(access))
  const postgres = findPostmaster(shop.dataDir)

  const acknowledged: Acknowledged = new Map()
  const share = (name: string, count: number) => range(count).map((index) => `${name} ${index}`)
  const byConsole = (text: string, key: string) =>
    shop.console.send(id, text, key).then((message) => message.id)
  const byRest = async (content: string, key: string) => {
    const path = `/api/v1/message/conversation/${id}/send-message/`
    const answer = await call(shop.host, path, {
      token: access,
      body: { content },
      headers: { 'idempotency-key': key },
    })
    return Sent.parse(answer.json).data.message.id
  }
  const raw = share('raw', RAW_SHARE)
  for (const content of raw) before.send({ type: 'chat_message', content })
  let sayBack = () => {}
  const back = new Promise<void>((resolve) => {
    sayBack = resolve
  })
  const sending = Promise.all([
    ...range(4).map((index) => sendAll(share(`console-${index}`, 100), acknowledged, byConsole, back)),
    sendAll(share('rest', TOTAL - 400), acknowledged, byRest, back),
  ])

  await expect.poll(() => acknowledged.size, { intervals: [1] }).toBeGreaterThan(KILL_AT)
  await shop.node.kill()
  const atKill = acknowledged.size
  await before.until(() => before.closed !== null && list.closed !== null)
  for (const { content, id } of before.live) if (raw.includes(content)) acknowledged.set(content, id)
  expect(isRunning(postgres?.pid ?? 0), 'PostgreSQL outlives the node').toBe(true)
  await shop.startAgain()
  sayBack()
  expect(findPostmaster(shop.dataDir), 'and is taken over').toEqual(postgres)

  const after = await RawSocket.open(shop.host, chatPath(id, access))
  const listAfter = await RawSocket.open(shop.host, listPath(access))
  await sending
  expect(atKill).toBeLessThan(TOTAL)
  expect(acknowledged.size).toBeGreaterThanOrEqual(TOTAL)

  const thread = await shop.console.thread(id)
  expect(thread.map(({ seq }) => seq)).toEqual(thread.map((_, index) => index + 1))
  expect(new Set(thread.map(({ content }) => content)).size, 'no text is there twice').toBe(thread.length)
  const places = new Map(thread.map((message) => [message.content, message]))
  for (const [text, messageId] of acknowledged) expect(places.get(text)?.id, text).toBe(messageId)
  for (const name of ['console-0', 'console-1', 'console-2', 'console-3', 'rest']) {
    const own = thread.filter(({ content }) => content.startsWith(`${name} `)).map(({ content }) => content)
    expect(own, 'one sender’s messages keep their order').toEqual(share(name, 100))
  }

  const last = thread.length
  await after.until(() => (after.live.at(-1)?.seq ?? 0) >= last)
  const seen = [...after.history, ...after.live].map(({ id: messageId, seq }) => ({ messageId, seq }))
  const expected = thread.slice(-seen.length).map(({ id: messageId, seq }) => ({ messageId, seq }))
  expect(seen, 'a raw client that came back sees each message once, in order').toEqual(expected)
  const gone = [...before.history, ...before.live]
  expect(gone.map(({ id: messageId, seq }) => [messageId, seq])).toEqual(
    thread.slice(0, gone.length).map(({ id: messageId, seq }) => [messageId, seq]),
  )
  const history = await rawHistory(after)
  expect(history.map(({ id: messageId }) => messageId)).toEqual(
    thread.slice(-500).map(({ id: messageId }) => messageId),
  )
  const newest = () =>
    Frame.parse(z.array(z.looseObject({})).parse(listAfter.frames.at(-1)?.conversations)[0])
  await expect.poll(() => newest().last_message).toMatchObject({ id: thread.at(-1)?.id })

  await expect.poll(() => reader.messages(id).length).toBe(thread.length - 1)
  expect(reader.messages(id).map(({ id: messageId }) => messageId)).toEqual(
    thread.slice(1).map(({ id }) => id),
  )
  const first = Number(position.split(':')[1]) + 1
  expect(reader.events.map(({ seq }) => seq)).toEqual(reader.events.map((_, index) => first + index))
  expect(reader.resets).toEqual([])
  await reader.close()

  const told = shop.telegram.sent.map(({ text }) => text)
  expect(new Set(told).size, 'the platform was told nothing twice').toBe(told.length)

  const family = [...familyOf(shop.node.pid), ...familyOf(postgres?.pid ?? 0)]
  expect(family.length).toBeGreaterThan(3)
  const { code, stdout, stderr } = await shop.node.stop()
  expect(code).toBe(0)
  expect(family.filter(isRunning), 'nothing is left behind').toEqual([])
  expectNoSecrets(stdout + stderr, shop.secrets)
}
