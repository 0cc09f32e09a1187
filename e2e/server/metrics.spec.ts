import { expect, test } from '@playwright/test'
import { LiveReader } from '../support/console.ts'
import { chatPath, RawSocket } from '../support/raw-socket.ts'
import { freePort } from '../support/redis.ts'
import { call } from '../support/rest.ts'
import { Shop } from '../support/shop.ts'

test.describe.configure({ mode: 'default' })

let shop: Shop
let metricsHost: string
test.beforeAll(async () => {
  const port = await freePort()
  metricsHost = `127.0.0.1:${port}`
  shop = await Shop.open(7_510_001, { METRICS_PORT: String(port), MAX_CONNECTIONS_PER_USER: '2' })
})
test.afterAll(() => shop.close())

/** What a scrape says of a metric with these labels; 0 where it says nothing. */
async function read(metric: string): Promise<number> {
  const { text } = await call(metricsHost, '/metrics')
  const line = text.split('\n').find((one) => one.startsWith(`${metric} `))
  return Number(line?.slice(metric.length + 1) ?? 0)
}

test('a scrape tells of what really happened', async () => {
  const id = await shop.conversation(601)
  const socket = await RawSocket.open(shop.host, chatPath(id, shop.owner.access))
  const reader = new LiveReader(() => shop.console).followSignals()
  await expect.poll(() => read('peyk_sockets{kind="console"}')).toBeGreaterThan(0)
  expect(await read('peyk_sockets{kind="chat"}')).toBe(1)
  expect(await read('peyk_inbound_events_total{outcome="stored"}')).toBe(1)

  const before = await read('peyk_http_requests_total{route="rest",status="200"}')
  await socket.ask({ type: 'chat_message', content: 'Hello from the shop' }, 'chat_message')
  await expect.poll(() => read('peyk_deliveries_total{outcome="sent"}')).toBe(1)
  expect(await read('peyk_accept_to_delivery_seconds_count{wire="raw"}')).toBe(1)
  expect(await read('peyk_accept_to_delivery_seconds_sum{wire="raw"}')).toBeGreaterThan(0)
  await call(shop.host, '/api/v1/message/user-conversation', { token: shop.owner.access })
  expect(await read('peyk_http_requests_total{route="rest",status="200"}')).toBe(before + 1)
  expect(await read('peyk_outbox{of="due"}')).toBe(0)
  expect(await read('peyk_database_connections{state="total"}')).toBeGreaterThan(0)
  expect(await read('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0)

  const another = await RawSocket.open(shop.host, chatPath(id, shop.owner.access))
  const refused = new RawSocket(shop.host, chatPath(id, shop.owner.access))
  await refused.until(() => refused.closed !== null)
  expect(await read('peyk_limiter_hits_total{kind="sockets_raw"}')).toBe(1)
  await expect.poll(() => read('peyk_security_events_total{kind="connection_limit"}')).toBe(1)
  for (const open of [socket, another]) open.close()
  await expect.poll(() => read('peyk_sockets{kind="chat"}')).toBe(0)
  await reader.close()
})

test('a delivery that the platform puts off is counted as that', async () => {
  const id = await shop.conversation(602)
  shop.telegram.manners.set(602, { status: 429, description: 'Too Many Requests' })
  const socket = await RawSocket.open(shop.host, chatPath(id, shop.owner.access))
  await socket.ask({ type: 'chat_message', content: 'Nobody takes this' }, 'chat_message')
  await expect.poll(() => read('peyk_deliveries_total{outcome="retry"}')).toBeGreaterThan(0)
  socket.close()
})

test('nothing but a scrape is answered there, and no scrape anywhere else', async () => {
  for (const path of ['/', '/healthz', '/api/v1/message/user-conversation', '/metricsx'])
    expect((await call(metricsHost, path)).status, path).toBe(404)
  expect((await call(metricsHost, '/metrics', { method: 'POST', body: {} })).status).toBe(404)
  const { text } = await call(shop.host, '/metrics')
  expect(text).not.toContain('peyk_sockets')
})

test('a scrape names nobody', async () => {
  const { text } = await call(metricsHost, '/metrics')
  const { email, login } = shop.owner
  for (const name of [email, login, '127.0.0.1', shop.bot.username]) expect(text).not.toContain(name)
  expect(text.length).toBeGreaterThan(1_000)
})
