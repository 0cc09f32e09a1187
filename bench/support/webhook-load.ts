import { connect, type Socket } from 'node:net'

/** Where updates go, and with what. */
export interface Target {
  url: string
  secret: string
}

export interface Burst {
  /** Updates a second; 0: as fast as they are acknowledged. */
  rate: number
  seconds: number
  customers: number
  /** The first number of the updates. */
  from: number
}

export interface Acknowledged {
  updates: number
  /** Updates that were sent a second time. */
  repeated: number
  refused: number
  seconds: number
  /** Milliseconds until the answer, ascending. */
  latencies: number[]
}

/** Telegram's own default of connections to a webhook. */
const CONNECTIONS = 40
/** Every so many updates one is delivered a second time, straight after the first. */
const REPEAT_EVERY = 20
const TICK_MS = 2
const FIRST_CUSTOMER = 9_100_000

/**
 * Posts updates as Telegram does: one after another within a chat, beside each other between chats. Plain sockets, so that
 * the load takes little of the machine that it measures.
 */
export async function sendBurst(target: Target, burst: Burst): Promise<Acknowledged> {
  const lanes = await Promise.all(Array.from({ length: CONNECTIONS }, () => openLane(target)))
  const totals: Acknowledged = { updates: 0, repeated: 0, refused: 0, seconds: 0, latencies: [] }
  const began = performance.now()
  const end = began + burst.seconds * 1000
  const limit = burst.rate > 0 ? burst.rate * burst.seconds : Number.POSITIVE_INFINITY
  let next = 0
  const allowed = () =>
    burst.rate > 0 ? Math.min(limit, ((performance.now() - began) / 1000) * burst.rate) : limit
  const work = async (lane: Lane, index: number) => {
    // A customer stays on one connection, which keeps their updates in order.
    for (let own = 0; performance.now() < end || next < limit; own++) {
      if (burst.rate === 0 && performance.now() >= end) return
      if (next >= limit) return
      if (next >= allowed()) {
        await new Promise((resolve) => setTimeout(resolve, TICK_MS))
        continue
      }
      const number = next++
      const theirs = Math.ceil(burst.customers / CONNECTIONS)
      const customer = ((own % theirs) * CONNECTIONS + index) % burst.customers
      const body = updateOf(burst.from + number, customer)
      for (const isRepetition of number % REPEAT_EVERY === 0 ? [false, true] : [false]) {
        const asked = performance.now()
        const status = await lane.post(body)
        totals.latencies.push(performance.now() - asked)
        if (status !== 200) totals.refused += 1
        if (isRepetition) totals.repeated += 1
      }
      totals.updates += 1
    }
  }
  await Promise.all(lanes.map(work))
  totals.seconds = (performance.now() - began) / 1000
  for (const lane of lanes) lane.close()
  totals.latencies.sort((a, b) => a - b)
  return totals
}

/** The text counts up, so that the order in which it was stored can be read. */
function updateOf(number: number, customer: number): string {
  const id = FIRST_CUSTOMER + customer
  const from = { id, is_bot: false, first_name: `Customer ${customer}`, language_code: 'fa' }
  const chat = { id, type: 'private', first_name: from.first_name }
  const text = `${number} سلام، سفارش من کی می‌رسد؟ Order ${(number * 7919) % 100_003}`
  const message = { message_id: number, date: 1_750_000_000 + number, from, chat, text }
  return JSON.stringify({ update_id: number, message })
}

interface Lane {
  post(body: string): Promise<number>
  close(): void
}

async function openLane({ url, secret }: Target): Promise<Lane> {
  const { hostname, port, pathname } = new URL(url)
  const socket = await new Promise<Socket>((resolve, reject) => {
    const opening = connect(Number(port), hostname, () => resolve(opening))
    opening.once('error', reject)
  })
  socket.setNoDelay(true)
  const head = `POST ${pathname} HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncontent-type: application/json\r\nx-telegram-bot-api-secret-token: ${secret}\r\ncontent-length: `
  let answered: ((status: number) => void) | null = null
  let received = ''
  socket.on('data', (chunk) => {
    received += chunk.toString('latin1')
    const status = readAnswer(received)
    if (status === null) return
    received = ''
    answered?.(status)
  })
  socket.on('error', () => answered?.(0))
  socket.on('close', () => answered?.(0))
  return {
    post: (body) =>
      new Promise((resolve) => {
        answered = resolve
        if (socket.destroyed) resolve(0)
        else socket.write(`${head}${Buffer.byteLength(body)}\r\n\r\n${body}`)
      }),
    close: () => socket.destroy(),
  }
}

/** The status of an answer that is there whole; its body has a length or comes in one last chunk. */
function readAnswer(text: string): number | null {
  const end = text.indexOf('\r\n\r\n')
  if (end === -1) return null
  const length = /\r\ncontent-length: (\d+)/i.exec(text)?.[1]
  const isWhole = length === undefined ? text.endsWith('0\r\n\r\n') : text.length >= end + 4 + Number(length)
  return isWhole ? Number(text.slice(9, 12)) : null
}
