import { once } from 'node:events'
import { request } from 'node:http'
import { describe, expect, test } from 'vitest'
import { CHAT, OTHER_CHAT, openSimulator, PNG, THREAD } from './simulator.testing.ts'
import { MAX_UPLOADS } from './simulator.ts'

const simulator = openSimulator()
const { actOn, upload } = simulator

describe.each([CHAT, THREAD])('on the phone of %i', (chat) => {
  test('a file of one’s own is sent, and shown where it was sent alone', async () => {
    const { file } = await (await upload(chat, PNG)).json()
    const message = await actOn(chat, { do: 'media', kind: 'photo', file })
    const key = encodeURIComponent(message.files[0]?.key ?? '')
    const shown = await fetch(`${simulator.root}/chats/${chat}/files/${key}`)
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(PNG)
    const elsewhere = chat === CHAT ? OTHER_CHAT : 9_000_002
    expect((await fetch(`${simulator.root}/chats/${elsewhere}/files/${key}`)).status).toBe(404)
  })
})

test('what could run is handed over as a file, never shown', async () => {
  const page = '<script>alert(1)</script>'
  const { file } = await (await upload(CHAT, page, { 'content-type': 'text/html' })).json()
  const { files } = await actOn(CHAT, { do: 'media', kind: 'document', file })
  const shown = await fetch(`${simulator.root}/chats/${CHAT}/files/${files[0]?.key}`)
  expect(shown.headers.get('content-type')).toBe('application/octet-stream')
  expect(shown.headers.get('content-disposition')).toBe('attachment')
  expect(shown.headers.get('content-security-policy')).toContain('sandbox')
})

test('an upload that is empty, nameless in type, garbled in name or too long is refused', async () => {
  expect((await upload(CHAT, '')).status).toBe(400)
  expect((await upload(CHAT, PNG, { 'content-type': 'nonsense' })).status).toBe(400)
  expect((await upload(CHAT, PNG, { 'x-file-name': '%E0%A4%A' })).status).toBe(400)
  expect((await upload(CHAT, Buffer.alloc(10 * 1024 * 1024 + 1))).status).toBe(413)
})

test('so many uploads at once and no more', async () => {
  const headers = { origin: simulator.origin, 'content-type': 'image/png', 'content-length': PNG.length }
  const begin = () => {
    const asked = request(`${simulator.root}/chats/${CHAT}/files`, { method: 'POST', headers })
    const status = once(asked, 'response').then(([response]) => {
      response.resume()
      return response.statusCode
    })
    asked.write(PNG.subarray(0, 10))
    return { asked, status }
  }
  const all = Array.from({ length: MAX_UPLOADS + 1 }, begin)
  expect(await Promise.race(all.map(({ status }) => status))).toBe(503)
  for (const { asked } of all) asked.end(PNG.subarray(10))
  const statuses = await Promise.all(all.map(({ status }) => status))
  expect(statuses.filter((status) => status === 200)).toHaveLength(MAX_UPLOADS)
})
