import { contains, type Network, spellNetwork, toNetwork } from '../../contract/network.ts'
import type { BlockAddress, BlockedAddress } from '../../contract/security.ts'
import type { MemberCtx } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { BlockedIp } from '../ports/security.ts'
import type { Ports } from '../ports.ts'
import { audit } from './audit.ts'
import { canManageInstance, requireRight } from './can.ts'
import { noteAtDoor } from './note.ts'

const HOUR_MS = 3_600_000
/** Entries that hold at once; the newest are kept. */
export const MAX_BLOCKED = 10_000
const THIS_MACHINE = ['127.0.0.1', '::1']

const requireInstance = (ctx: MemberCtx) =>
  requireRight(ctx, canManageInstance, 'Only the administrator of this instance sees and blocks addresses')

/** Whom the blacklist keeps out now, the newest entry first. */
export async function listBlocked(ctx: MemberCtx): Promise<BlockedAddress[]> {
  requireInstance(ctx)
  return (await ctx.blockedIps.list(ctx.clock.now(), MAX_BLOCKED)).map(toBlocked)
}

/**
 * Keeps an address or a network out, on every node within seconds; an entry of its own replaces the one it had. Errors:
 * invalid_input, conflict (it is the asker's own or this machine, and they did not confirm it).
 */
export async function blockAddress(ctx: MemberCtx, input: BlockAddress): Promise<BlockedAddress> {
  requireInstance(ctx)
  const network = requireNetwork(input.ip)
  const self = [...THIS_MACHINE, ctx.actor.address ?? ''].find((one) => one && contains(network, one))
  if (self && !input.confirm)
    throw new DomainError(
      'conflict',
      `${self} is among them: your own address or this machine. Confirm to block it.`,
    )
  const { hours = ctx.settings.limits.blacklistHours, reason = '' } = input
  const entry = await keepOut(ctx, network, { hours, reason: reason.trim(), createdBy: ctx.actor.userId })
  await audit(ctx, {
    action: 'blacklist.added',
    target: `network:${entry.network}`,
    after: { hours, reason: entry.reason },
    workspaceId: null,
  })
  return toBlocked(entry)
}

/** Lets an address or a network in again, on every node within seconds. Errors: not_found (it was not kept out). */
export async function unblockAddress(ctx: MemberCtx, { ip }: { ip: string }): Promise<void> {
  requireInstance(ctx)
  const network = spellNetwork(requireNetwork(ip))
  if (!(await ctx.blockedIps.remove(network)))
    throw new DomainError('not_found', 'This address is not on the blacklist')
  ctx.bus.publish('blacklist', null)
  await audit(ctx, { action: 'blacklist.removed', target: `network:${network}`, workspaceId: null })
}

/** Puts a network on the blacklist, for so many hours, and tells every node. */
export async function keepOut(
  ports: Pick<Ports, 'blockedIps' | 'bus' | 'clock' | 'security'>,
  network: Network,
  { hours, reason, createdBy }: { hours: number; reason: string; createdBy: number | null },
): Promise<BlockedIp> {
  const expiresAt = ports.clock.now() + hours * HOUR_MS
  const spelled = spellNetwork(network)
  const entry = await ports.blockedIps.put({ network: spelled, reason, createdBy, expiresAt })
  const detail = { reason, hours, network: spelled }
  noteAtDoor(ports, { kind: 'blacklisted', address: network.address, detail })
  ports.bus.publish('blacklist', null)
  return entry
}

function requireNetwork(text: string): Network {
  const network = toNetwork(text)
  if (!network)
    throw new DomainError('invalid_input', 'Enter an IP address or a network such as 203.0.113.0/24')
  return network
}

const toBlocked = ({ network, reason, createdAt, expiresAt, hits }: BlockedIp): BlockedAddress => ({
  ip: network.replace(/^([\d.]+)\/32$/, '$1'),
  reason,
  created_at: createdAt,
  expires_at: expiresAt,
  hits,
})
