import type { Channel } from '../../contract/channel.ts'
import { DomainError } from '../../core/errors.ts'
import type { Channels, StoredChannel } from '../../core/ports/channels.ts'
import { serviceUnavailable } from './outbox.ts'
import { type DeliveryRow, instantOf, logEvent, type MemoryState, requireRow } from './state.ts'

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
      if (row) Object.assign(row, { isConnect: false, stoppedReason })
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

function failQueued(state: MemoryState, { id, source, workspaceId }: Row): void {
  const error = serviceUnavailable(source)
  const isQueued = ({ channelId, state: rung }: DeliveryRow) => channelId === id && rung === 'queued'
  for (const row of state.deliveries.filter(isQueued)) {
    Object.assign(row, { state: 'failed', error, leaseTill: null })
    const { conversationId, messageId } = row
    const data = { result: { success: false, error } }
    logEvent(state, workspaceId, {
      type: 'delivery.attempted',
      at: instantOf(state),
      conversationId,
      messageId,
      data,
    })
  }
}

const toChannel = ({ id, source, name, username, isConnect, stoppedReason, createdAt }: Row): Channel => ({
  id,
  source,
  name,
  username,
  isConnect,
  stoppedReason,
  createdAt,
})

const toStored = ({ isDeleted: _, ...row }: Row): StoredChannel => structuredClone(row)

const toStoredOrNull = (row: Row | undefined) => (row ? toStored(row) : null)
