import { contains, limitKeyOf, type Network, spellNetwork, toNetwork } from '../../contract/network.ts'
import type { BlockedIp } from '../ports/security.ts'
import type { Ports } from '../ports.ts'
import { keepOut } from './blacklist.ts'
import { MINUTE_MS } from './budget.ts'
import { noteAtDoor } from './note.ts'

type DoorPorts = Pick<Ports, 'limiter' | 'blockedIps' | 'security' | 'bus' | 'clock' | 'log' | 'settings'>

/** Where a request comes from, as far as it can be believed. */
export interface Origin {
  address: string
  /** True where the peer sent forwarding headers that nobody trusts: it may be a proxy that all clients share. */
  isUnknownProxy: boolean
}

const FAILED_AUTH_WINDOW_MS = 15 * MINUTE_MS
/** How old a node's view of the blacklist may be. */
const REFRESH_MS = 5_000
const MAX_ENTRIES = 10_000
const PRIVATE = [
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
]
  .map(toNetwork)
  .filter((network) => network !== null)

/** Keeps out whom the blacklist names, and puts there who fails to prove themselves too often. */
export class Doors {
  private single = new Map<string, BlockedIp>()
  private wide: { entry: BlockedIp; network: Network }[] = []
  private timer: NodeJS.Timeout | undefined
  private unsubscribe: (() => void) | undefined

  constructor(private readonly ports: DoorPorts) {}

  async start() {
    this.unsubscribe = this.ports.bus.subscribe('blacklist', () => void this.refresh())
    this.timer = setInterval(() => void this.refresh(), REFRESH_MS)
    this.timer.unref()
    await this.refresh()
  }

  close() {
    clearInterval(this.timer)
    this.unsubscribe?.()
  }

  /** The entry that keeps this address out, or null. */
  blocked(address: string): BlockedIp | null {
    const found = this.single.get(limitKeyOf(address)) ?? this.findWide(address)
    if (!found || Date.parse(found.expiresAt) <= this.ports.clock.now()) return null
    this.ports.blockedIps.hit(found.id)
    noteAtDoor(this.ports, { kind: 'blocked_request', address, detail: { network: found.network } })
    return found
  }

  /** Counts a token that proves nobody; the last of those allowed bans its address from the next request on. */
  async noteFailedAuth({ address, isUnknownProxy }: Origin): Promise<void> {
    const { limits } = this.ports.settings
    noteAtDoor(this.ports, { kind: 'failed_authentication', address, detail: { by: 'token' } })
    const failures = await this.ports.limiter.note(`auth:${limitKeyOf(address)}`, FAILED_AUTH_WINDOW_MS)
    if (failures < limits.failedAuthAttempts) return
    if (isUnknownProxy && PRIVATE.some((network) => contains(network, address)))
      return this.ports.log.warn(
        { address },
        'Not banned: this private address sends forwarding headers. If it is your proxy, name it in TRUSTED_PROXIES.',
      )
    await this.ban(address, { hours: limits.blacklistHours, reason: 'too_many_failed_auth', createdBy: null })
  }

  /** Keeps an address or network out for so many hours; an entry of its own replaces the one it had. */
  async ban(
    text: string,
    { hours, reason, createdBy }: { hours: number; reason: string; createdBy: number | null },
  ): Promise<BlockedIp | null> {
    const network = toNetwork(text)
    if (!network) return null
    const entry = await keepOut(this.ports, network, { hours, reason, createdBy })
    await this.refresh()
    return entry
  }

  /** Lets an address or network in again; false where it was not kept out. */
  async unban(text: string): Promise<boolean> {
    const network = toNetwork(text)
    if (!network || !(await this.ports.blockedIps.remove(spellNetwork(network)))) return false
    await this.refresh()
    this.ports.bus.publish('blacklist', null)
    return true
  }

  private findWide(address: string): BlockedIp | undefined {
    return this.wide.find(({ network }) => contains(network, address))?.entry
  }

  private async refresh() {
    try {
      const entries = await this.ports.blockedIps.list(this.ports.clock.now(), MAX_ENTRIES)
      const isSingle = ({ network }: BlockedIp) => network === limitKeyOf(network.split('/')[0] ?? '')
      this.single = new Map(entries.filter(isSingle).map((entry) => [entry.network, entry]))
      this.wide = entries
        .filter((entry) => !isSingle(entry))
        .flatMap((entry) => {
          const network = toNetwork(entry.network)
          return network ? [{ entry, network }] : []
        })
    } catch (err) {
      this.ports.log.warn({ err }, 'The blacklist could not be read; the last one known holds')
    }
  }
}
