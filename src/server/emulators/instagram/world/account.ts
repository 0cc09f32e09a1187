import { invalidInput, notFound } from '../../control-error.ts'
import { requireRoom } from '../../require-room.ts'
import type { Account as AccountView, Customer, NewAccount } from '../control-types.ts'
import { appScopedIdOf, igsidOf } from './ids.ts'
import type { Surroundings } from './surroundings.ts'
import { Thread } from './thread.ts'

const USERNAME = /^[a-z0-9._]{1,30}$/i
const IG_ID = /^[1-9]\d{4,19}$/

/** One professional account and its threads. */
export class Account {
  readonly id: string
  readonly appScopedId: string
  username: string
  name: string | null
  subscribedFields: string[] | null = null
  humanAgent = true
  usagePercent = 0
  regainMinutes = 0
  readonly #surroundings: Surroundings
  readonly #threads = new Map<string, Thread>()

  constructor(input: NewAccount & { id: string }, surroundings: Surroundings) {
    if (!IG_ID.test(input.id)) throw invalidInput('id must be 5 to 20 digits')
    requireUsername(input.username)
    this.id = input.id
    this.appScopedId = appScopedIdOf(input.id)
    this.username = input.username
    this.name = input.name ?? null
    this.#surroundings = surroundings
  }

  /** Opens the thread, or finds the one that is open. */
  openThread(customer: Customer): Thread {
    const igsid = igsidOf(this.id, customer.id)
    const open = this.#threads.get(igsid)
    if (open) return open
    requireRoom(this.#threads.size, this.#surroundings.limits.maxThreadsPerAccount, 'threads')
    const thread = new Thread({ accountId: this.id, igsid, customer }, this.#surroundings)
    this.#threads.set(igsid, thread)
    return thread
  }

  threads(): Thread[] {
    return [...this.#threads.values()]
  }

  findThread(igsid: string): Thread | null {
    return this.#threads.get(igsid) ?? null
  }

  getThread(igsid: string): Thread {
    const thread = this.findThread(igsid)
    if (!thread) throw notFound('thread')
    return thread
  }

  findConversation(conversationId: string): Thread | null {
    return this.threads().find((thread) => thread.conversationId === conversationId) ?? null
  }

  findThreadOf(mid: string): Thread | null {
    return this.threads().find((thread) => thread.find(mid) !== null) ?? null
  }

  view(): AccountView {
    return {
      id: this.id,
      appScopedId: this.appScopedId,
      username: this.username,
      name: this.name,
      subscribedFields: this.subscribedFields && [...this.subscribedFields],
      humanAgent: this.humanAgent,
      usagePercent: this.usagePercent,
      regainMinutes: this.regainMinutes,
    }
  }
}

export function requireUsername(username: string): void {
  if (!USERNAME.test(username))
    throw invalidInput('username must be letters, digits, full stops and underscores')
}
