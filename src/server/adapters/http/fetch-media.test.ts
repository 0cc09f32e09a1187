import { createServer, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, createServer as createSocketServer } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { createFetchMedia, type Resolve } from './fetch-media.ts'

const opened: { close(): unknown }[] = []
afterEach(() => {
  for (const one of opened.splice(0)) one.close()
})

async function serve(listener: RequestListener) {
  const server: Server = createServer(listener)
  opened.push({ close: () => server.close().closeAllConnections() })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A loopback port that counts who knocks. */
async function trap() {
  let knocks = 0
  const server = createSocketServer((socket) => {
    knocks += 1
    socket.destroy()
  })
  opened.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as AddressInfo).port, knocks: () => knocks }
}

const take = async (
  url: string,
  how: { maxBytes?: number; timeoutMs?: number; ownRoot?: string } = {},
  resolve?: Resolve,
) => {
  const { bytes } = await createFetchMedia(resolve).open(url, {
    maxBytes: 1_000_000,
    timeoutMs: 5_000,
    ...how,
  })
  const pieces: Uint8Array[] = []
  for await (const piece of bytes) pieces.push(piece)
  return Buffer.concat(pieces)
}

const says =
  (address: string, ...more: string[]): Resolve =>
  async () =>
    [address, ...more].map((one) => ({ address: one, family: one.includes(':') ? 6 : 4 }))

it('fetches from the channel’s own server, without anything that proves who asks', async () => {
  let headers = {}
  const root = await serve((req, res) => {
    headers = req.headers
    res.end('bytes')
  })
  expect(String(await take(`${root}/file/1`, { ownRoot: root }))).toBe('bytes')
  expect(Object.keys(headers).sort()).toEqual([
    'accept',
    'accept-encoding',
    'connection',
    'host',
    'user-agent',
  ])
})

it.each([
  '127.0.0.1',
  '127.8.8.8',
  '2130706433',
  '0x7f.1',
  '017700000001',
  '10.0.0.1',
  '172.20.0.1',
  '192.168.0.1',
  '169.254.169.254',
  '100.100.100.200',
  '224.0.0.1',
  '0.0.0.0',
  '[::1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[64:ff9b::7f00:1]',
  '[fd00::1]',
  '[fe80::1]',
  '[ff02::1]',
])('never connects to %s, written or as what a name means', async (host) => {
  const { port, knocks } = await trap()
  const refusal = { code: 'invalid_input' }
  await expect(take(`https://${host}:${port}/`)).rejects.toMatchObject(refusal)
  const address = new URL(`https://${host}`).hostname.replace(/^\[(.*)\]$/, '$1')
  await expect(take(`https://cdn.example:${port}/`, {}, says(address))).rejects.toMatchObject(refusal)
  await expect(take(`https://cdn.example:${port}/`, {}, says('1.1.1.1', address))).rejects.toMatchObject(
    refusal,
  )
  expect(knocks()).toBe(0)
})

it('asks the name once and goes where it was looked at, whatever the name means a moment later', async () => {
  const { port, knocks } = await trap()
  let asked = 0
  // 1.1.1.1 has nobody at this port; what counts is that the second answer is never asked for.
  const rebinding: Resolve = (host) => says(asked++ === 0 ? '1.1.1.1' : '127.0.0.1')(host)
  const fetching = take(`https://cdn.example:${port}/`, { timeoutMs: 500 }, rebinding)
  await expect(fetching).rejects.toMatchObject({ code: 'unavailable' })
  expect([asked, knocks()]).toEqual([1, 0])
})

it.each([
  'http://cdn.example/',
  'ftp://cdn.example/',
  'file:///etc/passwd',
  'data:text/plain,x',
  'gopher://x/',
  'nonsense',
  'https://a:b@cdn.example/',
])('refuses %s before it is resolved', async (url) => {
  let asked = 0
  const resolve: Resolve = async (host) => {
    asked += 1
    return says('1.1.1.1')(host)
  }
  await expect(take(url, {}, resolve)).rejects.toMatchObject({ code: 'invalid_input' })
  expect(asked).toBe(0)
})

it.each([
  ['to a private address', (port: number) => `https://127.0.0.1:${port}/`],
  ['away from TLS', () => 'http://1.1.1.1/'],
  ['to another port of its own machine', (port: number) => `http://127.0.0.1:${port}/`],
  ['with a password', () => 'https://a:b@1.1.1.1/'],
])('follows no redirect %s', async (_, to) => {
  const { port, knocks } = await trap()
  const root = await serve((_req, res) => res.writeHead(302, { location: to(port) }).end())
  await expect(take(root, { ownRoot: root })).rejects.toMatchObject({ code: 'invalid_input' })
  expect(knocks()).toBe(0)
})

it('follows three redirects and no fourth', async () => {
  const root = await serve((req, res) => {
    const left = Number(req.url?.slice(1))
    if (left === 0) res.end('there')
    else res.writeHead(307, { location: `/${left - 1}` }).end()
  })
  expect(String(await take(`${root}/3`, { ownRoot: root }))).toBe('there')
  await expect(take(`${root}/4`, { ownRoot: root })).rejects.toMatchObject({ code: 'invalid_input' })
})

it('gives up on bytes that come too slowly', async () => {
  const root = await serve((_, res) => {
    const timer = setInterval(() => res.write('.'), 20)
    res.on('close', () => clearInterval(timer))
  })
  await expect(take(root, { ownRoot: root, timeoutMs: 200 })).rejects.toMatchObject({ code: 'unavailable' })
})

it('gives up on a server that says nothing', async () => {
  const root = await serve(() => {})
  await expect(take(root, { ownRoot: root, timeoutMs: 200 })).rejects.toMatchObject({ code: 'unavailable' })
})

it('stops at the bound, said beforehand or not', async () => {
  const said = await serve((_, res) => res.end(Buffer.alloc(101)))
  const unsaid = await serve((_, res) => {
    res.write(Buffer.alloc(60))
    res.end(Buffer.alloc(60))
  })
  for (const root of [said, unsaid])
    await expect(take(root, { ownRoot: root, maxBytes: 100 })).rejects.toMatchObject({ code: 'too_large' })
  expect(await take(said, { ownRoot: said, maxBytes: 101 })).toHaveLength(101)
})

it('knows a file that broke off from a whole one', async () => {
  const root = await serve((_, res) => {
    res.writeHead(200, { 'content-length': 100 })
    res.write('half')
    setImmediate(() => res.destroy())
  })
  await expect(take(root, { ownRoot: root })).rejects.toMatchObject({ code: 'unavailable' })
})

it.each([
  [404, 'not_found'],
  [403, 'not_found'],
  [410, 'not_found'],
  [429, 'unavailable'],
  [500, 'unavailable'],
  [204, 'unavailable'],
  [206, 'unavailable'],
])('takes %i for %s', async (status, code) => {
  const root = await serve((_, res) => res.writeHead(status).end())
  await expect(take(root, { ownRoot: root })).rejects.toMatchObject({ code })
})

it('takes nothing that was packed though it asked for plain bytes', async () => {
  const root = await serve((_, res) => res.writeHead(200, { 'content-encoding': 'gzip' }).end('x'))
  await expect(take(root, { ownRoot: root })).rejects.toMatchObject({ code: 'unavailable' })
})
