import type { Frame } from './connection.ts'

/** contract/widget.ts says the same; a test compares them. */
export const MAX_OUTBOX = 50

/** Something that the server has not confirmed. `refused` waits for its visitor, the others send themselves. */
export interface Pending {
  clientId: string
  content: string
  attachments: string[]
  at: string
  state: 'queued' | 'sending' | 'refused'
  code: string | null
}

/** Where messages survive a reload of their tab. */
export interface Shelf {
  load(): Pending[]
  save(pending: Pending[]): void
}

interface Deps {
  shelf: Shelf
  send(frame: Frame): boolean
  onChange(pending: Pending[]): void
}

/** What this window still owes the server: one at a time and in order, each under its own client id. */
export class Outbox {
  private entries: Pending[]
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly deps: Deps) {
    this.entries = deps.shelf
      .load()
      .slice(0, MAX_OUTBOX)
      .map((entry) => (entry.state === 'sending' ? { ...entry, state: 'queued' } : entry))
    deps.onChange(this.entries)
  }

  /** False where too many wait already. */
  add(content: string, attachments: string[] = []): boolean {
    if (this.entries.length >= MAX_OUTBOX) return false
    const at = new Date().toISOString()
    const fresh = {
      clientId: crypto.randomUUID(),
      content,
      attachments,
      at,
      state: 'queued' as const,
      code: null,
    }
    this.change([...this.entries, fresh])
    this.drain()
    return true
  }

  /** The way to the server is open again: what was on its way is sent anew, under the same id. */
  resume() {
    this.change(
      this.entries.map((entry) => (entry.state === 'sending' ? { ...entry, state: 'queued' } : entry)),
    )
    this.drain()
  }

  stored(clientId: string) {
    this.change(this.entries.filter((entry) => entry.clientId !== clientId))
    this.drain()
  }

  refused(clientId: string, code: string, retryAfterMs: number | undefined) {
    const isPassing = code === 'rate_limited' || code === 'unavailable'
    this.mark(clientId, { state: isPassing ? 'queued' : 'refused', code })
    clearTimeout(this.timer)
    if (isPassing) this.timer = setTimeout(() => this.drain(), retryAfterMs ?? 5_000)
    else this.drain()
  }

  retry(clientId: string) {
    this.mark(clientId, { state: 'queued', code: null })
    this.drain()
  }

  discard(clientId: string) {
    this.stored(clientId)
  }

  close() {
    clearTimeout(this.timer)
  }

  private drain() {
    clearTimeout(this.timer)
    if (this.entries.some(({ state }) => state === 'sending')) return
    const next = this.entries.find(({ state }) => state === 'queued')
    if (!next) return
    const { clientId, content, attachments } = next
    const frame = {
      type: 'message',
      client_id: clientId,
      content,
      ...(attachments.length > 0 && { attachments }),
    }
    if (this.deps.send(frame)) this.mark(clientId, { state: 'sending', code: null })
  }

  private mark(clientId: string, change: Pick<Pending, 'state' | 'code'>) {
    this.change(this.entries.map((entry) => (entry.clientId === clientId ? { ...entry, ...change } : entry)))
  }

  private change(entries: Pending[]) {
    this.entries = entries
    this.deps.shelf.save(entries)
    this.deps.onChange(entries)
  }
}
