import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { Member } from './member.ts'
import { cpuOfMachine } from './processes.ts'
import { quantile } from './statistics.ts'

export interface Shape {
  rooms: number
  members: number
  senders: number
}

export interface Run extends Shape {
  window: number
  seconds: number
  /** The address of a member's socket. */
  url(room: number, member: number): string
  /** CPU seconds that the server and its database have spent so far. */
  cpu(): { server: number; database: number }
}

export interface Figures {
  deliveriesPerS: number
  messagesPerS: number
  p50: number
  p99: number
  missing: number
  duplicates: number
  reordered: number
  errors: string[]
  serverUs: number
  databaseUs: number
  /** Share of one core that the load itself took: near 1, it and not the server is the limit. */
  ownCpu: number
  /** Cores that went to processes which are no part of this. */
  othersCpu: number
}

/** After the sockets have opened, before the first message. */
const SETTLE_MS = 500
const MAX_DRAIN_MS = 10_000
const DRAIN_POLL_MS = 20

/** Opens every socket, has the senders write for the given time, and waits for the last messages to arrive. */
export async function runLoad(run: Run): Promise<Figures> {
  const rooms: Member[][] = []
  try {
    for (let room = 0; room < run.rooms; room++) {
      const opening = Array.from({ length: run.members }, (_, index) =>
        Member.open(run.url(room, index), index),
      )
      rooms.push(await Promise.all(opening))
    }
    await delay(SETTLE_MS)
    const timed = await measure(run, rooms)
    await drain(rooms, run.members)
    return { ...timed, ...account(rooms, run.senders) }
  } finally {
    for (const member of rooms.flat()) member.close()
  }
}

async function measure(run: Run, rooms: Member[][]) {
  const senders = rooms.flatMap((room) => room.slice(0, run.senders))
  const before = run.cpu()
  const machineBefore = cpuOfMachine()
  const ownBefore = process.cpuUsage()
  const began = performance.now()
  for (const sender of senders) sender.start(run.window)
  await delay(run.seconds * 1000)
  for (const sender of senders) sender.stop()
  const seconds = (performance.now() - began) / 1000
  const after = run.cpu()
  const machine = cpuOfMachine() - machineBefore
  const own = process.cpuUsage(ownBefore)
  const deliveries = countDelivered(rooms)
  const spent = {
    server: after.server - before.server,
    database: after.database - before.database,
    own: (own.user + own.system) / 1e6,
  }
  return {
    deliveriesPerS: deliveries / seconds,
    messagesPerS: countSent(rooms) / seconds,
    serverUs: (spent.server * 1e6) / deliveries,
    databaseUs: (spent.database * 1e6) / deliveries,
    ownCpu: spent.own / seconds,
    othersCpu: (machine - spent.server - spent.database - spent.own) / seconds,
  }
}

async function drain(rooms: Member[][], members: number) {
  const deadline = performance.now() + MAX_DRAIN_MS
  while (countDelivered(rooms) < countSent(rooms) * members && performance.now() < deadline)
    await delay(DRAIN_POLL_MS)
}

function account(rooms: Member[][], senders: number) {
  const all = rooms.flat()
  const latencies = Float64Array.from(all.flatMap((member) => member.latencies)).sort()
  const missing = rooms.flatMap((room) =>
    room
      .slice(0, senders)
      .flatMap(({ sent }, sender) => room.map((receiver) => receiver.tally.missing(sender, sent))),
  )
  return {
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    missing: sum(missing),
    duplicates: sum(all.map(({ tally }) => tally.duplicates)),
    reordered: sum(all.map(({ tally }) => tally.reordered)),
    errors: all.flatMap((member) => member.errors),
  }
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
const countSent = (rooms: Member[][]) => sum(rooms.flat().map((member) => member.sent))
const countDelivered = (rooms: Member[][]) => sum(rooms.flat().map(({ tally }) => tally.delivered))
