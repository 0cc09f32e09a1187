import { once } from 'node:events'
import { performance } from 'node:perf_hooks'
import WebSocket from 'ws'
import { WORDS } from './list-data.ts'

const PATIENCE_MS = 30_000

interface Case {
  name: string
  times: number
  /** Absent for the list that comes by itself when a socket opens. */
  frame?: object
}

const filter = (name: string, filters: object): Case => ({
  name,
  times: 60,
  frame: { type: 'filter_conversations', filters },
})
const search = (name: string, search_term: string): Case => ({
  name,
  times: 60,
  frame: { type: 'search_conversations', search_term },
})

/** The first is the one that has a limit. */
export const CASES: Case[] = [
  { name: 'first list of a socket', times: 200 },
  { name: 'refresh', times: 300, frame: { type: 'refresh_conversations' } },
  filter('status closed', { status: 'closed' }),
  filter('unread_only', { unread_only: true }),
  filter('page 10', { page: 10 }),
  filter('oldest first', { order_by: 'created_at' }),
  search('search a rare word', WORDS.rare),
  search('search a common word', WORDS.common),
  search('search a customer', 'Customer 77'),
  search('search a Persian name', 'پریسا'),
  search('search a rare Persian word', WORDS.rarePersian),
  search('search a common Persian word', WORDS.persian),
]

export interface Figures {
  /** How many conversations the answer counted. */
  count: number
  /** Milliseconds, in order. */
  sorted: number[]
}

/** Every case's times, one question at a time, as the client of an idle server sees them. */
export async function runCases(url: string, token: string): Promise<Figures[]> {
  const address = `${url.replace('http', 'ws')}/ws/conversations/?token=${token}`
  const figures: Figures[] = []
  for (const given of CASES)
    figures.push(await (given.frame ? timeFrames(address, given) : timeOpens(address, given)))
  return figures
}

/** From the moment at which the upgrade was accepted. */
async function timeOpens(address: string, { times }: Case): Promise<Figures> {
  const samples: number[] = []
  let count = 0
  for (let done = 0; done < times; done++) {
    const socket = new WebSocket(address, { perMessageDeflate: false })
    const accepted = once(socket, 'upgrade').then(() => performance.now())
    count = await nextList(socket)
    samples.push(performance.now() - (await accepted))
    socket.terminate()
  }
  return { count, sorted: samples.sort((a, b) => a - b) }
}

async function timeFrames(address: string, { times, frame }: Case): Promise<Figures> {
  const socket = new WebSocket(address, { perMessageDeflate: false })
  await nextList(socket)
  const samples: number[] = []
  let count = 0
  for (let done = 0; done < times; done++) {
    const began = performance.now()
    const answered = nextList(socket)
    socket.send(JSON.stringify(frame))
    count = await answered
    samples.push(performance.now() - began)
  }
  socket.terminate()
  return { count, sorted: samples.sort((a, b) => a - b) }
}

async function nextList(socket: WebSocket): Promise<number> {
  const [data] = await once(socket, 'message', { signal: AbortSignal.timeout(PATIENCE_MS) })
  const frame = JSON.parse(String(data)) as { type: string; count?: number }
  if (frame.type !== 'conversations_list' || frame.count === undefined)
    throw new Error(`Instead of a list came ${String(data).slice(0, 200)}`)
  return frame.count
}
