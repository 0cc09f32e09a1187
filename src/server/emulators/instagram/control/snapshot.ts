import type { AccountSnapshot, AppState, EmulatorState } from '../control-types.ts'
import { redactSecrets } from '../redact.ts'
import type { Account } from '../world/account.ts'
import type { World } from '../world/world.ts'

/** The whole state at a glance, without a secret in it. */
export function snapshot(world: World, streams: number): EmulatorState {
  return {
    nowMs: world.surroundings.clock.now(),
    app: appState(world),
    delivery: { ...world.app.delivery },
    pendingDeliveries: world.webhooks.pending,
    accounts: world.accounts().map((account) => accountSnapshot(world, account)),
    customers: world.customers().length,
    uploads: world.media.uploads,
    faults: world.faults.list(),
    rateLimits: world.rates.enabled,
    ...world.calls.counts(),
    streams,
  }
}

export function appState(world: World): AppState {
  const { id, callbackUrl, disabled } = world.app
  const shown = callbackUrl === null ? null : redactSecrets(callbackUrl, world.secrets())
  return { appId: id, callbackUrl: shown, disabled }
}

function accountSnapshot(world: World, account: Account): AccountSnapshot {
  const liveTokens = world.tokens.live(account.id).length
  return { ...account.view(), threads: account.threads().length, liveTokens }
}
