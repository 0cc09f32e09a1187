import type { LiveEvent, LiveItem } from '../../contract/event.ts'
import { formatPosition, type Position, parsePosition } from '../../contract/ids.ts'
import { MAX_RESUME_EVENTS } from '../../contract/limits.ts'
import type { MemberCtx } from '../context.ts'
import { Mailbox } from './mailbox.ts'

/** Events that may wait for one slow reader before it is cut off and resumes by its position. */
const MAX_MAILBOX = 10_000

/**
 * Every event of the member's workspace after `after`, in order, each with its position: live ones are collected
 * first, then the backlog is read, then the collected ones follow without those already seen. Ends with a `reset`
 * where the position is from another log or too old.
 */
export async function* subscribeEvents(
  ctx: MemberCtx,
  input: { after: Position; signal: AbortSignal | undefined },
): AsyncGenerator<{ position: Position; item: LiveItem }> {
  const { workspaceId } = ctx.actor
  const mailbox = new Mailbox<LiveEvent>(MAX_MAILBOX, input.signal)
  const { head } = await ctx.journal.position(workspaceId)
  const stop = await ctx.feed.listen(workspaceId, Math.min(head, parsePosition(input.after).seq), (event) =>
    mailbox.put(event),
  )
  try {
    let { epoch, seq } = parsePosition(input.after)
    const page = await ctx.journal.read(workspaceId, seq, MAX_RESUME_EVENTS)
    if (page.epoch !== epoch || seq < page.floor || seq > page.head || page.through < page.head) {
      const position = formatPosition(page.epoch, page.head)
      yield {
        position,
        item: { kind: 'reset', reason: page.epoch === epoch ? 'too_old' : 'epoch', position },
      }
      seq = page.head
      epoch = page.epoch
    } else {
      for (const event of page.events) {
        seq = event.seq
        yield { position: formatPosition(epoch, seq), item: { kind: 'event', event } }
      }
      seq = Math.max(seq, page.through)
    }
    for await (const event of mailbox) {
      if (event.seq <= seq) continue
      seq = event.seq
      yield { position: formatPosition(epoch, seq), item: { kind: 'event', event } }
    }
  } finally {
    stop()
  }
}
