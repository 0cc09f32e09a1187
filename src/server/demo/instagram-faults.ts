import type { SimulatedFault, SimulatedTrouble } from '../contract/simulator.ts'
import type { Fault, NewFault } from '../emulators/instagram/call-types.ts'
import type { InstagramEmulator } from '../emulators/instagram/start.ts'
import { SimulatorError, type StageFaults } from '../transports/simulator/stage.ts'
import { ApiFaults } from './api-faults.ts'
import { requireKnown } from './telegram-faults.ts'
import { WebhookFaults } from './webhook-faults.ts'

const op = 'send'
const ACCESS = 190

const API: Partial<Record<SimulatedTrouble, NewFault>> = {
  slow_down: { kind: 'error', code: 613, op },
  blocked: { kind: 'error', code: 551, subcode: 1545041, op },
  server_error: { kind: 'error', code: 2, op },
  hang: { kind: 'hang', op },
  lost_answer: { kind: 'drop-after', op },
  token_expired: { kind: 'error', code: ACCESS, subcode: 463 },
  token_revoked: { kind: 'error', code: ACCESS, subcode: 458 },
}
const IS_TOKEN = new Set<SimulatedTrouble>(['token_expired', 'token_revoked'])

/** What goes wrong with Instagram, by button. */
export class InstagramFaults implements StageFaults {
  readonly #emulator: InstagramEmulator
  readonly #token: string
  readonly #reconnect: () => Promise<void>
  readonly #api: ApiFaults<NewFault, Fault>
  readonly #webhooks: WebhookFaults
  #isEchoFirst = false
  #wasUnsubscribed = false

  constructor(emulator: InstagramEmulator, token: string, reconnect: () => Promise<void>) {
    this.#emulator = emulator
    this.#token = token
    this.#reconnect = reconnect
    this.#api = new ApiFaults<NewFault, Fault>(emulator, API)
    this.#webhooks = new WebhookFaults({
      settings: ({ isReversed, ...rest }) => {
        const order = isReversed === undefined ? {} : { order: turned(isReversed) }
        emulator.setDelivery({ ...rest, ...order })
      },
      redeliver: (deliveryId, copies) => emulator.redeliver({ deliveryId, copies }),
      pending: () => emulator.snapshot().pendingDeliveries,
    })
  }

  list(): SimulatedFault[] {
    const until = 'off' as const
    const echo = this.#isEchoFirst ? [{ trouble: 'echo_first' as const, until }] : []
    const unheard = this.#isUnheard() ? [{ trouble: 'unheard' as const, until }] : []
    const all = [...this.#api.list(), ...this.#webhooks.list(), ...echo, ...unheard]
    return all.map((one) => ({ platform: 'instagram' as const, ...one }))
  }

  async set(trouble: SimulatedTrouble, until: SimulatedFault['until'] | 'none'): Promise<void> {
    requireKnown('instagram', trouble, until)
    const wasDead = this.#hasDeadToken()
    if (this.#api.knows(trouble)) this.#api.set(trouble, until)
    else if (trouble === 'echo_first') this.#setEcho(until !== 'none')
    else if (trouble === 'unheard') await this.#setUnheard(until === 'off')
    else if (trouble === 'duplicates' || trouble === 'out_of_order') this.#webhooks.set(trouble, until)
    if (wasDead && !this.#hasDeadToken()) await this.#reconnect()
  }

  async clear(): Promise<void> {
    const wasDead = this.#hasDeadToken()
    this.#api.clear()
    this.#webhooks.clear()
    this.#setEcho(false)
    if (wasDead) await this.#reconnect()
    await this.#setUnheard(false)
  }

  afterAct(deliveryIds: readonly (number | null)[]): void {
    this.#webhooks.afterAct(deliveryIds)
  }

  #hasDeadToken(): boolean {
    return this.#api.list().some(({ trouble }) => IS_TOKEN.has(trouble))
  }

  // The check-up of the channel may have ended it meanwhile.
  #isUnheard(): boolean {
    const hears = this.#emulator.listAccounts().some(({ subscribedFields }) => subscribedFields !== null)
    return this.#wasUnsubscribed && !hears
  }

  async #setUnheard(isUnheard: boolean): Promise<void> {
    if (isUnheard === this.#isUnheard()) return
    this.#wasUnsubscribed = isUnheard
    if (!isUnheard) return this.#reconnect()
    const answer = await fetch(`${this.#emulator.url}/v23.0/me/subscribed_apps`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${this.#token}` },
    })
    await answer.body?.cancel()
    if (!answer.ok) throw new SimulatorError(409, 'Not while the token is void')
  }

  #setEcho(isFirst: boolean): void {
    this.#isEchoFirst = isFirst
    this.#emulator.setDelivery({ echo: isFirst ? 'before' : 'after' })
  }
}

const turned = (isReversed: boolean) => (isReversed ? ('reversed' as const) : ('as-it-came' as const))
