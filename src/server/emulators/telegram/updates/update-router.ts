import { HttpCaller } from '../../http-caller.ts'
import type { DeliverySettings } from '../control-types.ts'
import type { Surroundings } from '../world/surroundings.ts'
import { LongPoll } from './long-poll.ts'
import { DEFAULT_KINDS, isKnownKind, type UpdateKind } from './update-kinds.ts'
import { UpdateQueue } from './update-queue.ts'
import { newWebhook, type Webhook, type WebhookConfig } from './webhook.ts'
import { WebhookDispatcher } from './webhook-dispatcher.ts'
import type { WebhookOutcome } from './webhook-post.ts'

const GONE_STATUS = 410
const GONE_FOR_GOOD_MS = 23 * 60 * 60 * 1000

/** Brings a bot's updates to its owner: to the webhook when there is one, else to whoever calls getUpdates. */
export class UpdateRouter {
  readonly queue: UpdateQueue
  readonly poll: LongPoll
  readonly settings: DeliverySettings = { paused: false, latencyMs: 0, copies: 1, order: 'telegram' }
  allowed: ReadonlySet<string> = DEFAULT_KINDS
  nextSetWebhookMs = Number.NEGATIVE_INFINITY
  readonly #surroundings: Surroundings
  readonly #caller: HttpCaller
  readonly #onReply: (body: string) => void
  #webhook: Webhook | null = null
  #dispatcher: WebhookDispatcher | null = null

  constructor(surroundings: Surroundings, firstUpdateId: number, onReply: (body: string) => void) {
    const { clock, limits, retry } = surroundings
    this.#surroundings = surroundings
    this.#onReply = onReply
    this.queue = new UpdateQueue(surroundings, firstUpdateId)
    this.poll = new LongPoll(clock)
    const maxReplyBytes = limits.maxWebhookReplyBytes
    this.#caller = new HttpCaller({ clock, timeoutMs: retry.timeoutMs, maxReplyBytes })
  }

  get webhook(): Readonly<Webhook> | null {
    return this.#webhook
  }

  /** Answers the update's id, or null when the bot does not ask for this kind. */
  emit(kind: UpdateKind, lane: string, payload: object): number | null {
    if (!this.allowed.has(kind)) return null
    return this.#enqueue(kind, lane, payload)
  }

  #enqueue(kind: string, lane: string, payload: object): number {
    const update = this.queue.push(kind, lane, payload)
    if (this.#dispatcher) this.#dispatcher.offer(update)
    else this.poll.wake()
    return update.updateId
  }

  /** The same for an update of any kind; one that Telegram does not know is always asked for. */
  emitAny(kind: string, payload: object): number | null {
    if (isKnownKind(kind)) return this.emit(kind, kind, payload)
    return this.#enqueue(kind, kind, payload)
  }

  setWebhook(config: WebhookConfig): void {
    this.clearWebhook()
    const webhook = newWebhook(config)
    this.#webhook = webhook
    this.#dispatcher = new WebhookDispatcher({
      webhook,
      settings: this.settings,
      surroundings: this.#surroundings,
      caller: this.#caller,
      onDone: (update) => this.queue.confirm(update.updateId),
      onOutcome: (outcome) => this.#note(webhook, outcome),
    })
    for (const update of this.queue.list()) this.#dispatcher.offer(update)
  }

  clearWebhook(): void {
    this.#dispatcher?.stop()
    this.#dispatcher = null
    this.#webhook = null
  }

  applySettings(settings: Partial<DeliverySettings>): void {
    Object.assign(this.settings, settings)
    this.#dispatcher?.pump()
  }

  /** Posts a recent update again; null when it or the webhook is gone. */
  async redeliver(updateId: number, copies: number): Promise<Array<number | null> | null> {
    const update = this.queue.findRecent(updateId)
    const dispatcher = this.#dispatcher
    if (update === null || dispatcher === null) return null
    const outcomes = await Promise.all(Array.from({ length: copies }, () => dispatcher.post(update)))
    return outcomes.map((outcome) => outcome.status)
  }

  close(): void {
    this.clearWebhook()
    this.poll.close()
    this.#caller.close()
  }

  #note(webhook: Webhook, outcome: WebhookOutcome): void {
    const now = this.#surroundings.clock.now()
    webhook.goneSinceMs = outcome.status === GONE_STATUS ? (webhook.goneSinceMs ?? now) : null
    if (outcome.delivered) {
      if (outcome.reply !== '') this.#onReply(outcome.reply)
      return
    }
    webhook.lastErrorDateMs = now
    webhook.lastErrorMessage = outcome.error
    const goneForMs = webhook.goneSinceMs === null ? 0 : now - webhook.goneSinceMs
    if (goneForMs > GONE_FOR_GOOD_MS) this.clearWebhook()
  }
}
