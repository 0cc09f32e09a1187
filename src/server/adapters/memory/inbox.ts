import type { Inbox, RawEvent } from '../../core/ports/inbox.ts'
import { type InboxRow, type MemoryState, requireRow } from './state.ts'

/** Platform events as they came. Two inboxes over one state are two nodes. */
export function createMemoryInbox(state: MemoryState): Inbox {
  const mine = new Set<number>()
  return {
    record: async ({ workspaceId, channelId, source, key, raw, sourceId }) => {
      requireRow(state.channels, channelId, 'channel')
      if (state.inbox.some((row) => row.channelId === channelId && row.key === key)) return null
      const row = {
        id: state.nextId(),
        workspaceId,
        channelId,
        source,
        key,
        raw,
        sourceId,
        leaseTill: null,
        outcome: null,
      }
      state.inbox.push(row)
      return toEvent(row)
    },
    claim: async (limit, leaseMs) => {
      const claimed = dueOf(state, mine).slice(0, limit)
      for (const row of claimed) {
        row.leaseTill = state.now() + leaseMs
        mine.add(row.id)
      }
      return claimed.map(toEvent)
    },
    done: async (id, outcome) => {
      const row = state.inbox.find((event) => String(event.id) === id)
      if (row) Object.assign(row, { outcome, leaseTill: null })
      mine.delete(Number(id))
    },
  }
}

/** A channel of which another node holds events waits for it: a later message must not overtake an earlier one. */
function dueOf(state: MemoryState, mine: ReadonlySet<number>): InboxRow[] {
  const waiting = state.inbox.filter(({ outcome }) => outcome === null)
  const isLeased = ({ leaseTill }: InboxRow) => leaseTill !== null && leaseTill > state.now()
  const isElsewhere = (row: InboxRow) => isLeased(row) && !mine.has(row.id)
  const busy = new Set(waiting.filter(isElsewhere).map(({ channelId }) => channelId))
  return waiting.filter((row) => !isLeased(row) && !busy.has(row.channelId))
}

const toEvent = ({ id, channelId, workspaceId, source, raw }: InboxRow): RawEvent => ({
  id: String(id),
  channelId,
  workspaceId,
  source,
  raw,
})
