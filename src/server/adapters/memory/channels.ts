import type { Channel } from '../../contract/channel.ts'
import { serviceUnavailable } from '../../contract/service-unavailable.ts'
import { DomainError } from '../../core/errors.ts'
import { type Channels, isHumanAgentOn, type StoredChannel } from '../../core/ports/channels.ts'
import { toldOf } from './append-change.ts'
import { markUnreached } from './outbox.ts'
import type { DeliveryRow } from './rows.ts'
import { instantOf, logEvent, type MemoryState, requireRow } from './state.ts'

type Row = StoredChannel & { isDeleted: boolean }

/** Connected accounts of one process. */
export function createMemoryChannels(state: MemoryState): Channels {
  const live = () => [...state.channels.values()].filter(({ isDeleted }) => !isDeleted)
  const find = (is: (row: Row) => boolean) => live().find(is)
  return {
    list: async (workspaceIds) =>
      live()
        .filter(({ workspaceId }) => workspaceIds.includes(workspaceId))
        .map(toChannel),
    create: async (channel) => {
      requireRow(state.workspaces, channel.workspaceId, 'workspace')
      const account = channel.externalId.toLowerCase()
      if (find(({ source, externalId }) => source === channel.source && externalId.toLowerCase() === account))
        throw new DomainError('conflict', 'This account is already connected to a workspace here')
      const fresh = { id: state.nextId(), isConnect: true, stoppedReason: null, createdAt: instantOf(state) }
      const rest = { settings: {}, tokenExpiresAt: null, provedAt: null }
      const row = { ...rest, ...structuredClone(channel), ...fresh, isDeleted: false }
      state.channels.set(row.id, row)
      return toStored(row)
    },
    findById: async (id) => toStoredOrNull(find((row) => row.id === id)),
    findByExternalId: async (source, externalId) =>
      toStoredOrNull(find((row) => row.source === source && row.externalId === externalId)),
    ofSource: async (source, { after, limit }) =>
      live()
        .filter((row) => row.source === source && row.id > after)
        .toSorted((a, b) => a.id - b.id)
        .slice(0, limit)
        .map(toStored),
    change: async (workspaceIds, id, change) => {
      const row = find((channel) => channel.id === id && workspaceIds.includes(channel.workspaceId))
      if (row) Object.assign(row, structuredClone(change))
      if (row && change.isConnect !== undefined) switchQueue(state, row)
      return toStoredOrNull(row)
    },
    findByUsername: async (source, username) => {
      const exact = find((row) => row.source === source && row.username === username)
      const lower = username.toLowerCase()
      const inAnyCase = (row: Row) => row.source === source && row.username?.toLowerCase() === lower
      return toStoredOrNull(exact ?? find(inAnyCase))
    },
    stop: async (id, stoppedReason) => {
      const row = find((channel) => channel.id === id)
      if (row) switchQueue(state, Object.assign(row, { isConnect: false, stoppedReason }))
    },
    prove: async (id, at) => {
      const row = find((channel) => channel.id === id)
      if (row) row.provedAt = at
    },
    remove: async (workspaceIds, id) => {
      const row = find((channel) => channel.id === id && workspaceIds.includes(channel.workspaceId))
      if (!row) return null
      Object.assign(row, { isDeleted: true, isConnect: false })
      failQueued(state, row)
      return toStored(row)
    },
  }
}

const queuedOf = (state: MemoryState, { id }: Row) =>
  state.deliveries.filter(({ channelId, state: rung }) => channelId === id && rung === 'queued')

function tell(state: MemoryState, row: DeliveryRow): void {
  const { workspaceId, conversationId } = row
  logEvent(state, workspaceId, { ...toldOf(row), at: instantOf(state), conversationId })
}

/** What is queued for a channel goes on, or waits. */
function switchQueue(state: MemoryState, channel: Row): void {
  const error = serviceUnavailable(channel.source)
  const result = { success: false, error, pending: true }
  const parked = { next: 'reconnection', tried: 0, triedSince: null, error, result }
  const resumed = { next: null, error: null, result: undefined, nextAt: state.now() }
  for (const row of queuedOf(state, channel)) {
    if ((row.next === 'reconnection') !== channel.isConnect) continue
    Object.assign(row, channel.isConnect ? resumed : parked)
    tell(state, row)
  }
}

function failQueued(state: MemoryState, channel: Row): void {
  const error = serviceUnavailable(channel.source)
  for (const row of queuedOf(state, channel)) {
    Object.assign(row, {
      state: 'failed',
      error,
      leaseTill: null,
      next: null,
      result: { success: false, error },
    })
    markUnreached(requireRow(state.messages, row.messageId, 'message'), row)
    tell(state, row)
  }
}

const toChannel = (row: Row): Channel => ({
  id: row.id,
  source: row.source,
  name: row.name,
  username: row.username,
  isConnect: row.isConnect,
  stoppedReason: row.stoppedReason,
  createdAt: row.createdAt,
  tokenExpiresAt: row.tokenExpiresAt,
  ...(isHumanAgentOn(row.settings) && { isHumanAgentOn: true }),
})

const toStored = (row: Row): StoredChannel => {
  const { isDeleted: _, ...stored } = row
  return { ...structuredClone(stored), ...toChannel(row) }
}

const toStoredOrNull = (row: Row | undefined) => (row ? toStored(row) : null)
