import type { LiveEvent } from '../../contract/event.ts'
import { pagination, parsePaging } from '../../contract/legacy-shapes.ts'
import { type MemberCtx, workspaceIds } from '../../core/context.ts'
import type { Page, Paged } from '../../core/ports/conversations.ts'
import type { Frame } from '../read-frame.ts'
import type { Connection, Handler } from './connection.ts'

/** Pushes are at least this far apart: a burst of any size costs a socket a handful of them. */
const MIN_PUSH_GAP_MS = 200
/** Changed rows named between two pushes; beyond it the list alone tells. */
const MAX_NAMED = 100
/** Whoever asks for page after page is through by then; a first page that is pushed later is where the next one follows. */
const WALK_MS = 10_000
const PAGING_KEYS = ['page', 'page_size', 'limit', 'offset']

/** What one of the two list sockets is about. */
export interface ListKind {
  listType: string
  rowsKey: string
  /** Frame types that ask for the list. */
  asks: string[]
  searches: string
  asksOptions: string
  loadFailure: string
  optionsFailure: string
  load(ctx: MemberCtx, filters: object, page: Page & { asOf: string | undefined }): Promise<Paged<object>>
  options(ctx: MemberCtx): Promise<object>
  concerns(event: LiveEvent): boolean
  /** A frame that goes out as soon as the event is heard. */
  announce?(event: LiveEvent): object | null
  /** The frames that go out before the next push, one for each changed row. */
  named?(event: LiveEvent): string[]
  nameFrame?(id: string): object
}

/** A list with the connection's own filters and paging, pushed anew whenever something in it may have changed. */
export class PagedList implements Handler {
  private stops: (() => void)[] = []
  private filters: object = {}
  /** The moment of the first page, so that those after it neither repeat nor skip a row. */
  private anchor: { of: string; asOf: string | undefined; till: number } = {
    of: '',
    asOf: undefined,
    till: 0,
  }
  private timer: NodeJS.Timeout | undefined
  private lastPush = 0
  private isStale = false
  private isOpen = false
  /** Lists leave one after another: an older one never follows a newer one. */
  private sending: Promise<void> = Promise.resolve()
  private readonly changed = new Set<string>()
  private closed = false
  private readonly urlPaging: object

  constructor(
    private readonly connection: Connection,
    private readonly kind: ListKind,
    query: Record<string, string>,
  ) {
    this.urlPaging = pagingOf(query)
  }

  async open() {
    const { ctx } = this.connection
    for (const id of workspaceIds(ctx)) {
      const { head } = await ctx.journal.position(id)
      this.stops.push(await ctx.feed.listen(id, head, (event) => this.hear(event)))
    }
    if (this.closed) return this.close()
    await this.sendList()
    this.isOpen = true
  }

  async frame(frame: Frame) {
    const type = frame.type ?? this.kind.asks[0]
    if (type === this.kind.asksOptions) return this.sendOptions()
    if (type === this.kind.searches) return this.search(frame.search_term)
    if (typeof type !== 'string' || !this.kind.asks.includes(type))
      return this.connection.refuse('Unknown message type', 'unknown_type')
    const filters = frame.filters ?? {}
    if (typeof filters !== 'object' || Array.isArray(filters))
      return this.connection.refuse('filters must be an object', 'invalid_input')
    return this.show(filters)
  }

  close() {
    this.closed = true
    clearTimeout(this.timer)
    for (const stop of this.stops) stop()
    this.stops = []
  }

  private search(term: unknown) {
    if (term !== undefined && term !== null && typeof term !== 'string')
      return this.connection.refuse('search_term must be a string', 'invalid_input')
    return this.show({ search: term ?? '' })
  }

  private show(filters: object) {
    this.filters = { ...this.urlPaging, ...filters }
    return this.sendList(true)
  }

  private hear(event: LiveEvent) {
    if (!this.kind.concerns(event)) return
    const frame = this.kind.announce?.(event)
    // What comes before the first list is in it.
    if (frame && this.isOpen) this.connection.send(frame)
    for (const id of this.kind.named?.(event) ?? []) if (this.changed.size < MAX_NAMED) this.changed.add(id)
    this.isStale = true
    this.schedule()
  }

  private schedule() {
    const wait = Math.max(0, this.lastPush + MIN_PUSH_GAP_MS - Date.now())
    this.timer ??= setTimeout(() => void this.push(), wait)
  }

  /** However slow the store is, one push is under way at a time. */
  private async push() {
    await this.sending
    this.isStale = false
    for (const id of this.changed) {
      const frame = this.kind.nameFrame?.(id)
      if (frame) this.connection.send(frame)
    }
    this.changed.clear()
    await this.sendList()
    this.lastPush = Date.now()
    this.timer = undefined
    if (this.isStale && !this.closed) this.schedule()
  }

  private sendList(isAsked = false): Promise<void> {
    this.sending = this.sending.then(() => this.loadAndSend(isAsked))
    return this.sending
  }

  private async loadAndSend(isAsked: boolean) {
    const { ctx } = this.connection
    const { filters } = this
    try {
      const paging = parsePaging(filters)
      const of = keyOf(filters)
      const isLater = paging.offset > 0 && this.anchor.of === of
      const asOf = isLater ? this.anchor.asOf : undefined
      const page = { offset: paging.offset, limit: paging.pageSize, asOf }
      const { rows, total, asOf: newest } = await this.kind.load(ctx, filters, page)
      if (!isLater && (isAsked || this.anchor.till < Date.now()))
        this.anchor = { of, asOf: newest ?? undefined, till: isAsked ? Date.now() + WALK_MS : 0 }
      this.connection.send({
        type: this.kind.listType,
        [this.kind.rowsKey]: rows,
        pagination: pagination({ ...paging, count: total, pageCount: rows.length }),
        filters,
        count: total,
        page_count: rows.length,
        timestamp: new Date().toISOString(),
      })
    } catch (error) {
      ctx.log.error({ err: error }, 'A list could not be loaded')
      this.connection.refuse(this.kind.loadFailure, 'unavailable')
    }
  }

  private async sendOptions() {
    const { ctx } = this.connection
    try {
      const options = await this.kind.options(ctx)
      this.connection.send({ ...options, timestamp: new Date().toISOString() })
    } catch (error) {
      ctx.log.error({ err: error }, 'Filter options could not be loaded')
      this.connection.refuse(this.kind.optionsFailure, 'unavailable')
    }
  }
}

/** The same for every page of a list, in whatever order its keys are. */
const keyOf = (filters: object): string =>
  JSON.stringify(Object.entries({ ...filters, page: 0, offset: 0 }).toSorted(([a], [b]) => (a < b ? -1 : 1)))

// Values in the URL must be integers; others are as if they were not there.
const pagingOf = (query: Record<string, string>): object =>
  Object.fromEntries(
    PAGING_KEYS.flatMap((key) => (/^-?\d{1,9}$/.test(query[key] ?? '') ? [[key, Number(query[key])]] : [])),
  )
