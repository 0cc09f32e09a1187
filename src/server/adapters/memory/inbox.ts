import { type About, type Inbox, MAX_PARKED, type RawEvent } from '../../core/ports/inbox.ts'
import { providerKey } from './append-message.ts'
import type { InboxRow } from './rows.ts'
import { type MemoryState, requireRow } from './state.ts'

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
        receivedAt: state.now(),
        leaseTill: null,
        outcome: null,
      }
      state.inbox.push(row)
      return toEvent(row)
    },
    lastReceivedAt: async (channelId) => {
      const last = state.inbox.findLast((row) => row.channelId === channelId)
      return last ? new Date(last.receivedAt).toISOString() : null
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
    park: async (id, { channelId, providerId }, ttlMs) => {
      const row = state.inbox.find((event) => String(event.id) === id)
      mine.delete(Number(id))
      if (!row) return
      const waiting = parkedIn(state).filter((event) => event.channelId === channelId)
      for (const oldest of waiting.slice(0, Math.max(0, waiting.length + 1 - MAX_PARKED)))
        end(oldest, 'expired')
      const parked = { providerId, till: state.now() + ttlMs }
      Object.assign(row, { outcome: 'parked', leaseTill: null, parked })
    },
    isParked: async (about) => parkedIn(state).some((row) => isAbout(row, about)),
    unpark: async () => {
      const isThere = ({ channelId, parked }: InboxRow) =>
        state.messageKeys.has(providerKey(channelId, parked?.providerId ?? ''))
      const due = parkedIn(state).filter(isThere)
      for (const row of due) end(row, null)
      const expired = parkedIn(state).filter(({ parked }) => (parked?.till ?? 0) <= state.now())
      for (const row of expired) end(row, 'expired')
      return { due: due.length, expired: expired.length }
    },
  }
}

const parkedIn = (state: MemoryState): InboxRow[] => state.inbox.filter(({ parked }) => parked !== undefined)

const isAbout = (row: InboxRow, { channelId, providerId }: About): boolean =>
  row.channelId === channelId && row.parked?.providerId === providerId

function end(row: InboxRow, outcome: string | null): void {
  row.outcome = outcome
  delete row.parked
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
