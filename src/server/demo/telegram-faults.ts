import { type SimulatedFault, type SimulatedTrouble, TROUBLES } from '../contract/simulator.ts'
import type { Fault, NewFault } from '../emulators/telegram/fault-types.ts'
import type { TelegramEmulator } from '../emulators/telegram/start.ts'
import { SimulatorError, type StageFaults } from '../transports/simulator/stage.ts'
import { ApiFaults } from './api-faults.ts'
import { WebhookFaults } from './webhook-faults.ts'

const SECONDS_TO_WAIT = 5
const method = 'send*'
/** Where somebody else has the bot's updates sent, and less of them. */
const ELSEWHERE = { url: 'https://bots.example/hook', allowed_updates: ['message', 'edited_message'] }

const API: Partial<Record<SimulatedTrouble, NewFault>> = {
  slow_down: { kind: 'error', error: 'too_many_requests', retry_after: SECONDS_TO_WAIT, method },
  blocked: { kind: 'error', error: 'blocked', method },
  server_error: { kind: 'error', error: 'bad_gateway', method },
  hang: { kind: 'hang', method },
  lost_answer: { kind: 'drop-after', method },
}

/** What goes wrong with Telegram, by button. */
export class TelegramFaults implements StageFaults {
  readonly #emulator: TelegramEmulator
  readonly #bot: { id: number; token: string }
  readonly #reconnect: () => Promise<void>
  readonly #api: ApiFaults<NewFault, Fault>
  readonly #webhooks: WebhookFaults
  #isRevoked = false

  constructor(
    emulator: TelegramEmulator,
    bot: { id: number; token: string },
    reconnect: () => Promise<void>,
  ) {
    this.#emulator = emulator
    this.#bot = bot
    this.#reconnect = reconnect
    this.#api = new ApiFaults<NewFault, Fault>(emulator, API)
    this.#webhooks = new WebhookFaults({
      settings: ({ isReversed, ...rest }) => {
        const order = isReversed === undefined ? {} : { order: turned(isReversed) }
        emulator.setDelivery({ botId: bot.id, ...rest, ...order })
      },
      redeliver: (updateId, copies) => emulator.redeliver({ botId: bot.id, updateId, copies }),
      pending: () => this.#account()?.pendingUpdates ?? 0,
    })
  }

  list(): SimulatedFault[] {
    const until = 'off' as const
    const revoked = this.#isRevoked ? [{ trouble: 'token_revoked' as const, until }] : []
    const unheard = this.#isUnheard() ? [{ trouble: 'unheard' as const, until }] : []
    const all = [...this.#api.list(), ...this.#webhooks.list(), ...revoked, ...unheard]
    return all.map((one) => ({ platform: 'telegram' as const, ...one }))
  }

  async set(trouble: SimulatedTrouble, until: SimulatedFault['until'] | 'none'): Promise<void> {
    requireKnown('telegram', trouble, until)
    if (this.#api.knows(trouble)) this.#api.set(trouble, until)
    else if (trouble === 'token_revoked') await this.#setRevoked(until === 'off')
    else if (trouble === 'unheard') await this.#setUnheard(until === 'off')
    else if (trouble === 'duplicates' || trouble === 'out_of_order') this.#webhooks.set(trouble, until)
  }

  async clear(): Promise<void> {
    this.#api.clear()
    this.#webhooks.clear()
    await this.#setRevoked(false)
    await this.#setUnheard(false)
  }

  afterAct(updateIds: readonly (number | null)[]): void {
    this.#webhooks.afterAct(updateIds)
  }

  async #setRevoked(isRevoked: boolean): Promise<void> {
    if (isRevoked === this.#isRevoked) return
    this.#isRevoked = isRevoked
    const { id: botId, token } = this.#bot
    this.#emulator.revokeToken(isRevoked ? { botId } : { botId, token })
    if (!isRevoked) await this.#reconnect()
  }

  // The check-up of the channel may have ended it meanwhile.
  #isUnheard(): boolean {
    return this.#account()?.webhookUrl === ELSEWHERE.url
  }

  async #setUnheard(isUnheard: boolean): Promise<void> {
    if (isUnheard === this.#isUnheard()) return
    if (!isUnheard) return this.#reconnect()
    const answer = await fetch(`${this.#emulator.url}/bot${this.#bot.token}/setWebhook`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(ELSEWHERE),
    })
    await answer.body?.cancel()
    if (!answer.ok) throw new SimulatorError(409, 'Not while the token is void, nor twice within a second')
  }

  #account() {
    return this.#emulator.snapshot().bots.find(({ id }) => id === this.#bot.id)
  }
}

const turned = (isReversed: boolean) => (isReversed ? ('reversed' as const) : ('telegram' as const))

/** Errors: 400 for what cannot go wrong there, or not in this way. */
export function requireKnown(
  platform: 'telegram' | 'instagram',
  trouble: SimulatedTrouble,
  until: SimulatedFault['until'] | 'none',
): void {
  const ways = TROUBLES[platform][trouble]
  if (!ways || (until !== 'none' && !ways.includes(until)))
    throw new SimulatorError(400, 'This cannot go wrong there')
}
