import type { EventStreams } from '../../event-streams.ts'
import type { ControlApi } from '../control-api.ts'
import { newAppSecret } from '../webhooks/app.ts'
import { LONG_LIFE_MS } from '../world/tokens.ts'
import type { World } from '../world/world.ts'
import { benchVerbs } from './bench-verbs.ts'
import { requireUrl, requireWhole } from './checks.ts'
import { appState } from './snapshot.ts'
import { threadVerbs } from './thread-verbs.ts'

type AppVerbs = Pick<ControlApi, 'getApp' | 'rotateAppSecret' | 'setCallback' | 'clearCallback'>
type CastVerbs = Pick<
  ControlApi,
  | 'createAccount'
  | 'changeAccount'
  | 'listAccounts'
  | 'issueToken'
  | 'revokeTokens'
  | 'createCustomer'
  | 'changeCustomer'
  | 'listCustomers'
>

const MAX_PERCENT = 1_000

/** The control API as methods on the world. */
export function createControl(world: World, streams: EventStreams): ControlApi {
  return { ...appVerbs(world), ...castVerbs(world), ...threadVerbs(world), ...benchVerbs(world, streams) }
}

function appVerbs(world: World): AppVerbs {
  return {
    getApp: () => appState(world),
    rotateAppSecret({ secret = newAppSecret() } = {}) {
      world.app.secret = secret
      return { secret }
    },
    async setCallback({ url, verifyToken, verify = true }) {
      requireUrl(url)
      const outcome = verify ? await world.webhooks.verify(url, verifyToken) : null
      const status = outcome?.status ?? null
      if (outcome?.error) return { verified: false, status, reason: outcome.error }
      Object.assign(world.app, { callbackUrl: url, verifyToken, disabled: false })
      world.webhooks.pump()
      return { verified: verify, status, reason: '' }
    },
    clearCallback() {
      Object.assign(world.app, { callbackUrl: null, verifyToken: '' })
      world.webhooks.clear()
    },
  }
}

function castVerbs(world: World): CastVerbs {
  return {
    createAccount(input) {
      const account = world.putAccount(input)
      const live = world.tokens.bringBack(account.id, input.token)
      return { ...account.view(), token: live.token, expiresAtMs: live.expiresMs }
    },
    changeAccount({ accountId, ...change }) {
      const account = world.getAccount(accountId)
      const { usagePercent = 0, regainMinutes = 0 } = change
      requireWhole('usagePercent', usagePercent, { min: 0, max: MAX_PERCENT })
      requireWhole('regainMinutes', regainMinutes, { min: 0 })
      return Object.assign(account, withoutUndefined(change)).view()
    },
    listAccounts: () => world.accounts().map((account) => account.view()),
    issueToken({ accountId, kind, ageMs = 0, lifeMs }) {
      requireWhole('ageMs', ageMs, { min: 0 })
      requireWhole('lifeMs', lifeMs ?? LONG_LIFE_MS, { min: 0 })
      const { id } = world.getAccount(accountId)
      const issued = world.tokens.issue(id, { kind, ageMs, lifeMs })
      return { token: issued.token, kind: issued.kind, expiresAtMs: issued.expiresMs }
    },
    revokeTokens({ accountId, subcode = 460 }) {
      return { revoked: world.tokens.revoke(world.getAccount(accountId).id, subcode) }
    },
    createCustomer: (input) => ({ ...world.putCustomer(input) }),
    changeCustomer({ customerId, ...change }) {
      return { ...Object.assign(world.getCustomer(customerId), withoutUndefined(change)) }
    },
    listCustomers: () => world.customers().map((customer) => ({ ...customer })),
  }
}

function withoutUndefined(change: object): object {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
}
