import type { Signal } from '../../contract/event.ts'
import type { MemberCtx } from '../context.ts'
import { Mailbox } from '../live/mailbox.ts'
import { attend } from './attend.ts'
import { Roster } from './roster.ts'
import { publishSignal, signalTopic } from './signals.ts'

/** Signals that may wait for one slow reader; more are dropped with the reader, who asks again. */
const MAX_SIGNALS = 1_000
/** A console that reloads or changes its network is not told as gone. */
const OFFLINE_GRACE_MS = 15_000

/** Asks the others to say again what they look at, for one who has just come. */
interface Arrival {
  type: 'arrived'
  connectionId: string
}

/**
 * Signals of the member's workspace from others than this connection, starting with who is online. While it runs the
 * member is online; offline is told when their last connection has been gone for 15 s.
 */
export async function* subscribeSignals(
  ctx: MemberCtx,
  input: { connectionId: string; signal: AbortSignal | undefined },
): AsyncGenerator<Signal> {
  const { workspaceId, userId, name } = ctx.actor
  const { connectionId } = input
  const place = `console:${workspaceId}`
  const mailbox = new Mailbox<Signal>(MAX_SIGNALS, input.signal)
  const gone = (id: number, of: string) =>
    ({ type: 'presence', userId: id, name: of, isOnline: false }) as const
  const roster = new Roster(ctx.presence, place, (id, of) => mailbox.put(gone(id, of)))
  let viewing: Signal | null = null
  const hear = (signal: Signal | Arrival) => {
    if (signal.type === 'arrived') {
      if (viewing && signal.connectionId !== connectionId) publishSignal(ctx.bus, workspaceId, viewing)
    } else if (isFrom(signal, connectionId)) {
      if (signal.type === 'viewing') viewing = signal.conversationId === null ? null : signal
    } else if (!isOfRoom(signal)) {
      if (signal.type === 'presence') roster.hear(signal.userId, signal.name, signal.isOnline)
      mailbox.put(signal)
    }
  }
  const stop = ctx.bus.subscribe(signalTopic(workspaceId), (payload) => hear(payload as Signal | Arrival))
  const tell = (isOnline: boolean) =>
    publishSignal(ctx.bus, workspaceId, { type: 'presence', userId, name, isOnline })
  const leave = await attend(ctx, { place, userId, connectionId, graceMs: OFFLINE_GRACE_MS, tell })
  try {
    for (const online of await whoIsHere(ctx, place)) {
      roster.hear(online.userId, online.name, true)
      yield { type: 'presence', ...online, isOnline: true }
    }
    ctx.bus.publish(signalTopic(workspaceId), { type: 'arrived', connectionId } satisfies Arrival)
    yield* mailbox
  } finally {
    stop()
    roster.close()
    if (viewing) publishSignal(ctx.bus, workspaceId, { ...(viewing as Viewing), conversationId: null })
    leave()
  }
}

type Viewing = Extract<Signal, { type: 'viewing' }>

const isFrom = (signal: Signal, connectionId: string) =>
  'connectionId' in signal && signal.connectionId === connectionId

/** Presence in a raw room is the room's own; the console tells who has the console open. */
const isOfRoom = (signal: Signal) => signal.type === 'presence' && signal.conversationId !== undefined

async function whoIsHere(ctx: MemberCtx, place: string) {
  const here = new Set(await ctx.presence.who(place))
  const members = await ctx.accounts.members(ctx.actor.workspaceId)
  return members.filter(({ userId }) => here.has(userId)).map(({ userId, name }) => ({ userId, name }))
}
