import type { StoredChannel } from '../ports/channels.ts'
import type { Ports } from '../ports.ts'

/** A proof is written no more often than this: it is for people. */
export const PROOF_MS = 60_000

// A channel is read anew every few seconds at most; between two readings thousands of events may come.
const written = new WeakSet<StoredChannel>()

/** Writes down that a channel works, where that was not written a moment ago. Nothing waits for it. */
export function proveChannel(ctx: Pick<Ports, 'channels' | 'clock' | 'log'>, channel: StoredChannel): void {
  const now = ctx.clock.now()
  if (written.has(channel) || now - Date.parse(channel.provedAt ?? '1970-01-01') < PROOF_MS) return
  written.add(channel)
  ctx.channels
    .prove(channel.id, new Date(now).toISOString())
    .catch((err: unknown) => ctx.log.warn({ channelId: channel.id, err }, 'A proof could not be written'))
}
