import type { Signal } from '../../contract/event.ts'
import type { MemberCtx } from '../context.ts'
import { Mailbox } from '../live/mailbox.ts'
import { publishSignal, signalTopic } from './signals.ts'

/** Signals that may wait for one slow reader; more are dropped with the reader, who asks again. */
const MAX_SIGNALS = 1_000

/**
 * Signals of the member's workspace from others than this connection, starting with who is online. While it runs the
 * member is online; offline is told when their last connection ends.
 */
export async function* subscribeSignals(
  ctx: MemberCtx,
  input: { connectionId: string; signal: AbortSignal | undefined },
): AsyncGenerator<Signal> {
  const { workspaceId, userId, name } = ctx.actor
  const place = `console:${workspaceId}`
  const mailbox = new Mailbox<Signal>(MAX_SIGNALS, input.signal)
  const stop = ctx.bus.subscribe(signalTopic(workspaceId), (payload) => {
    const signal = payload as Signal
    if (signal.type !== 'typing' || signal.connectionId !== input.connectionId) mailbox.put(signal)
  })
  const beat = setInterval(
    () => void ctx.presence.beat(place, userId, input.connectionId).catch(() => {}),
    ctx.presence.beatMs,
  )
  try {
    if (await ctx.presence.enter(place, userId, input.connectionId))
      publishSignal(ctx.bus, workspaceId, { type: 'presence', userId, name, isOnline: true })
    for (const online of await ctx.presence.who(place))
      yield { type: 'presence', userId: online, name: '', isOnline: true }
    yield* mailbox
  } finally {
    clearInterval(beat)
    stop()
    if (await ctx.presence.leave(place, userId, input.connectionId))
      publishSignal(ctx.bus, workspaceId, { type: 'presence', userId, name, isOnline: false })
  }
}
