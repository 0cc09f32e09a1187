import { notFound } from '../../control-error.ts'
import { requireRoom } from '../../require-room.ts'
import { GraphCalls } from '../call-log.ts'
import type { Customer, NewAccount, NewCustomer, ThreadRef } from '../control-types.ts'
import { GraphFaults } from '../faults.ts'
import { RateLimits } from '../graph/rate-limits.ts'
import { type App, newApp } from '../webhooks/app.ts'
import { Dispatcher } from '../webhooks/dispatcher.ts'
import { Account, requireUsername } from './account.ts'
import { MediaStore } from './media.ts'
import { SAMPLES } from './samples.ts'
import type { Surroundings } from './surroundings.ts'
import type { Thread } from './thread.ts'
import { Tokens } from './tokens.ts'

const MIN_SECRET_LENGTH = 6
const FIRST_ACCOUNT_ID = 17_841_400_000_000_001n

/** Everything that Instagram would remember, and the faults and records of the test bench around it. */
export class World {
  readonly surroundings: Surroundings
  readonly app: App
  readonly faults: GraphFaults
  readonly calls: GraphCalls
  readonly rates: RateLimits
  readonly tokens: Tokens
  readonly media: MediaStore
  readonly webhooks: Dispatcher
  readonly #accounts = new Map<string, Account>()
  readonly #customers = new Map<string, Customer>()
  readonly #portraits = new Map<string, string>()

  constructor(surroundings: Surroundings, app: { id?: string; secret?: string }) {
    this.surroundings = surroundings
    this.app = newApp(app)
    this.faults = new GraphFaults(surroundings.limits)
    this.calls = new GraphCalls(surroundings.limits)
    this.rates = new RateLimits(surroundings)
    this.tokens = new Tokens(surroundings)
    this.media = new MediaStore(surroundings)
    this.webhooks = new Dispatcher(this.app, surroundings)
  }

  /** Makes the account, or renames the one with this id. */
  putAccount(input: NewAccount): Account {
    const id = input.id ?? this.#freeAccountId()
    const made = new Account({ ...input, id }, this.surroundings)
    const existing = this.#accounts.get(id)
    if (existing) {
      existing.username = made.username
      existing.name = made.name
      return existing
    }
    requireRoom(this.#accounts.size, this.surroundings.limits.maxAccounts, 'accounts')
    this.#accounts.set(id, made)
    return made
  }

  /** Makes the person, or renames the one with this id. */
  putCustomer({ id, username, name = null }: NewCustomer): Customer {
    requireUsername(username)
    const key = id ?? username
    const existing = this.#customers.get(key)
    if (existing) return Object.assign(existing, { username, name })
    requireRoom(this.#customers.size, this.surroundings.limits.maxCustomers, 'customers')
    const customer: Customer = { id: key, username, name, profile: 'visible' }
    this.#customers.set(key, customer)
    return customer
  }

  accounts(): Account[] {
    return [...this.#accounts.values()]
  }

  customers(): Customer[] {
    return [...this.#customers.values()]
  }

  findAccount(accountId: string): Account | null {
    return this.#accounts.get(accountId) ?? null
  }

  getAccount(accountId: string): Account {
    const account = this.findAccount(accountId)
    if (!account) throw notFound('account')
    return account
  }

  getCustomer(customerId: string): Customer {
    const customer = this.#customers.get(customerId)
    if (!customer) throw notFound('customer')
    return customer
  }

  getThread({ accountId, igsid }: ThreadRef): Thread {
    return this.getAccount(accountId).getThread(igsid)
  }

  /** The picture of a person or an account, as an asset of the CDN. */
  portraitOf(id: string): string {
    const known = this.#portraits.get(id)
    if (known !== undefined && this.media.findAsset(known) !== null) return known
    const assetId = this.media.publish(SAMPLES.image)
    this.#portraits.set(id, assetId)
    return assetId
  }

  /** What must not be shown, besides tokens, which are known by their shape. */
  secrets(): string[] {
    const { secret, verifyToken } = this.app
    return [secret, verifyToken].filter((one) => one.length >= MIN_SECRET_LENGTH)
  }

  /** Back to an empty world; deliveries under way are cut. */
  reset(): void {
    this.webhooks.clear()
    for (const account of this.#accounts.values()) {
      for (const thread of account.threads()) thread.events.signal({ type: 'reset' })
    }
    this.#accounts.clear()
    this.#customers.clear()
    this.#portraits.clear()
    this.tokens.clear()
    this.media.clear()
    this.faults.clear()
    this.calls.clear()
    this.rates.reset()
  }

  #freeAccountId(): string {
    let id = FIRST_ACCOUNT_ID + BigInt(this.#accounts.size)
    while (this.#accounts.has(String(id))) id += 1n
    return String(id)
  }
}
