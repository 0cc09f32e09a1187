import { expect, test } from 'vitest'
import { CHAT, IG_TOKEN, openSimulator, PNG, THREAD, TOKEN } from './simulator.testing.ts'

const simulator = openSimulator()
const { postAll, post, chatOf, upload, readUntil } = simulator

test('the cast is shown without a token or an address of theirs', async () => {
  const text = await (await fetch(`${simulator.root}/cast`)).text()
  const { businesses, people } = JSON.parse(text)
  expect(businesses).toMatchObject([{ username: 'peyk_demo_bot' }, { username: 'peyk.demo' }])
  expect(people).toHaveLength(13)
  for (const secret of [TOKEN, IG_TOKEN, simulator.telegram.url, simulator.instagram.url])
    expect(text).not.toContain(secret)
})

test('what a customer writes is stored, shown and streamed', async () => {
  const stream = readUntil('سلام')
  const written = await (await post('messages', { text: 'سلام' })).json()
  expect(written).toMatchObject({ from: 'customer', kind: 'text', text: 'سلام', edited: false })
  expect(await chatOf(CHAT)).toEqual({ messages: [written], blocked: false, seenId: null })
  expect(await stream).toContain(JSON.stringify({ type: 'message', message: written }))
})

test('a stream resumes after its last position, and tells everything where that is gone', async () => {
  const first = await readUntil('id: ')
  const position = /id: (.+)/.exec(first)?.[1] ?? ''
  await post('messages', { text: 'missed' })
  expect(await readUntil('missed', { 'last-event-id': position })).not.toContain('سلام')
  expect(await readUntil('"blocked"', { 'last-event-id': 'nowhere' })).toContain('سلام')
})

test('a block is set and taken back, on either platform', async () => {
  for (const chat of [CHAT, THREAD]) {
    await postAll(`chats/${chat}/blocked`, { blocked: true })
    expect(await chatOf(chat)).toMatchObject({ blocked: true })
    expect((await postAll(`chats/${chat}/acts`, { do: 'text', text: 'x' })).status).toBe(409)
    await postAll(`chats/${chat}/blocked`, { blocked: false })
  }
})

test('no other page may write, upload or break anything', async () => {
  const evil = 'http://evil.test'
  expect((await post('messages', { text: 'x' }, evil)).status).toBe(403)
  expect((await post('acts', { do: 'location' }, evil)).status).toBe(403)
  expect((await upload(CHAT, PNG, { origin: evil })).status).toBe(403)
  for (const path of ['faults', 'normal', 'travel']) expect((await postAll(path, {}, evil)).status).toBe(403)
  expect(
    (await fetch(`${simulator.root}/chats/${CHAT}/messages`, { method: 'POST', body: '{"text":"x"}' }))
      .status,
  ).toBe(403)
})

test.each([
  ['chats/1', 404],
  ['chats/x', 404],
  ['other', 404],
  [`chats/${CHAT}/messages`, 405],
  [`chats/${CHAT}/events/1`, 404],
  [`chats/${CHAT}/files/999999`, 404],
  [`chats/${CHAT}/files/..%2f..%2fetc`, 404],
  [`chats/${CHAT}/files/%E0%A4%A`, 404],
  [`chats/${THREAD}/files/nothing.0`, 404],
  ['normal', 405],
])('GET %s is %i', async (path, status) => {
  expect((await fetch(`${simulator.root}/${path}`)).status).toBe(status)
})

test.each(
  [
    ['', 400],
    ['{"do":"text"', 400],
    ['[]', 400],
    ['null', 400],
    ['{"do":"text","text":""}', 400],
    [`{"do":"text","text":"${'x'.repeat(4097)}"}`, 400],
    ['{"do":"media","kind":"malware"}', 400],
    ['{"do":"media","kind":"photo","file":"../../etc/passwd"}', 404],
    ['{"do":"album","files":["1","1","1","1","1","1","1","1","1","1","1"]}', 400],
    ['{"do":"edit","id":"999999","text":"x"}', 404],
    ['{"do":"edit","id":"__proto__","text":"x"}', 404],
    ['{"do":"react","id":"1e9","emoji":"x"}', 404],
    ['x'.repeat(70_000), 413],
  ].map(([body, status]) => ({ body: String(body), start: String(body).slice(0, 60), status })),
)('the act $start is refused with $status', async ({ body, status }) => {
  const headers = { origin: simulator.origin }
  expect(
    (await fetch(`${simulator.root}/chats/${CHAT}/acts`, { method: 'POST', headers, body })).status,
  ).toBe(status)
})
