import { createBlockedIps } from '../adapters/prisma/blocked-ips.ts'
import { rememberChannels } from '../adapters/prisma/remembered-channels.ts'
import { createStores } from '../adapters/prisma/stores.ts'
import { cacheSessions } from '../core/accounts/session-cache.ts'
import type { Ports } from '../core/ports.ts'
import { cacheReplyTimes } from '../core/visitors/cache-reply-times.ts'

type Tools = Parameters<typeof createStores>[0] & Pick<Ports, 'bus' | 'clock' | 'log'>

/** The stores, with what is asked at every turn remembered for a moment. */
export function openStores({ bus, clock, log, ...tools }: Tools) {
  const stores = createStores(tools)
  return {
    ...stores,
    channels: rememberChannels(stores.channels, clock),
    visitors: cacheReplyTimes(stores.visitors, clock),
    accounts: cacheSessions(stores.accounts, bus, clock),
    blockedIps: createBlockedIps(tools.prisma, log),
  }
}
