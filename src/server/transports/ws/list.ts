import { pagination, parsePaging, toLegacyConversation } from '../../contract/legacy-shapes.ts'
import { workspaceIds } from '../../core/context.ts'
import type { Connection, Handler } from './connection.ts'
import type { Frame } from './frames.ts'

/** Pushes are at least this far apart, so that a burst of messages costs a socket a bounded number of them. */
const MIN_PUSH_GAP_MS = 150
const FIRST_PAGE = { page: 1, page_size: 10 }

/** `/ws/conversations/`: the person's conversations, pushed anew whenever one changes. */
export class ListSocket implements Handler {
  private stops: (() => void)[] = []
  private filters: object = FIRST_PAGE
  private echo: object = {}
  private push: NodeJS.Timeout | undefined
  private closed = false

  constructor(
    private readonly connection: Connection,
    private readonly query: object,
  ) {}

  async open() {
    const { ctx } = this.connection
    for (const id of workspaceIds(ctx)) {
      const { head } = await ctx.journal.position(id)
      this.stops.push(await ctx.feed.listen(id, head, () => this.schedule()))
    }
    if (this.closed) return this.close()
    await this.sendList()
  }

  async frame(frame: Frame) {
    switch (frame.type ?? 'get_conversations') {
      case 'get_conversations':
      case 'refresh_conversations':
        this.echo = typeof frame.filters === 'object' && frame.filters !== null ? frame.filters : {}
        this.filters = { ...this.query, ...this.echo }
        return this.sendList()
      default:
        return this.connection.refuse('Unknown message type', 'unknown_type')
    }
  }

  close() {
    this.closed = true
    clearTimeout(this.push)
    for (const stop of this.stops) stop()
    this.stops = []
  }

  private schedule() {
    this.push ??= setTimeout(() => {
      this.push = undefined
      void this.sendList().catch((error) =>
        this.connection.ctx.log.error({ err: error }, 'A list could not be pushed'),
      )
    }, MIN_PUSH_GAP_MS)
  }

  private async sendList() {
    const paging = parsePaging(this.filters)
    const { ctx } = this.connection
    const { rows, total } = await ctx.conversations.page(workspaceIds(ctx), {
      offset: paging.offset,
      limit: paging.pageSize,
    })
    this.connection.send({
      type: 'conversations_list',
      conversations: rows.map(toLegacyConversation),
      pagination: pagination({ ...paging, count: total, pageCount: rows.length }),
      filters: this.echo,
      count: total,
      page_count: rows.length,
      timestamp: new Date().toISOString(),
    })
  }
}
