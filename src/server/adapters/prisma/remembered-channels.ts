import type { Channels, StoredChannel } from '../../core/ports/channels.ts'
import type { Clock } from '../../core/ports/system.ts'

/** Longest that another node's change of a channel goes unseen here. */
export const REMEMBERED_MS = 2_000
/** Most lookups that are remembered; beyond it the oldest go. */
const MAX_REMEMBERED = 1_000

/**
 * Channels whose lookups are remembered for a moment: every webhook and every delivery asks for its channel, and reading and
 * unsealing it anew was a fifth of what a webhook cost. What this process changes is forgotten at once.
 */
export function rememberChannels(channels: Channels, clock: Clock): Channels {
  const held = new Map<string, { at: number; found: Promise<StoredChannel | null> }>()
  const remember = (key: string, find: () => Promise<StoredChannel | null>) => {
    const known = held.get(key)
    if (known && clock.now() - known.at < REMEMBERED_MS) return known.found
    const found = find()
    // Neither a failure nor that there is none is worth remembering: the next one asks again.
    const forget = () => void (held.get(key)?.found === found && held.delete(key))
    found.then((channel) => channel ?? forget(), forget)
    held.delete(key)
    held.set(key, { at: clock.now(), found })
    if (held.size > MAX_REMEMBERED) held.delete(held.keys().next().value ?? '')
    return found
  }
  const changing = <Answer>(work: Promise<Answer>): Promise<Answer> => work.finally(() => held.clear())
  return {
    ...channels,
    findById: (id) => remember(`id ${id}`, () => channels.findById(id)),
    findByUsername: (source, name) =>
      remember(`name ${source} ${name}`, () => channels.findByUsername(source, name)),
    findByExternalId: (source, externalId) =>
      remember(`account ${source} ${externalId}`, () => channels.findByExternalId(source, externalId)),
    create: (channel) => changing(channels.create(channel)),
    change: (workspaceIds, id, change) => changing(channels.change(workspaceIds, id, change)),
    stop: (id, reason) => changing(channels.stop(id, reason)),
    remove: (workspaceIds, id) => changing(channels.remove(workspaceIds, id)),
  }
}
