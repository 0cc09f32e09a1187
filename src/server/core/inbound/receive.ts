import { requirePlatform } from '../channels/platform-of.ts'
import { proveChannel } from '../channels/prove.ts'
import type { Ctx } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { RawEvent } from '../ports/inbox.ts'
import type { ParsedEvent } from '../ports/platform.ts'
import { noteAtDoor } from '../security/note.ts'

interface InboundRequest {
  source: 'telegram'
  username: string
  headers: Record<string, string | string[] | undefined>
  rawBody: Buffer
  /** Where it comes from. */
  address?: string
}

export type Received = 'stored' | 'repeated' | 'ignored'

/** Tells the processor of a new event; resolves when it is through, or when waiting for it is not worth while. */
export type Kick = (eventId?: string) => Promise<void>

/** Verifies a platform's event and stores it raw; whoever sees this return may tell the platform that it is safe. */
export async function receive(ctx: Ctx, request: InboundRequest, kick: Kick): Promise<Received> {
  const channel = await ctx.channels.findByUsername(request.source, request.username)
  if (!channel) throw new DomainError('not_found', `Bot channel '${request.username}' not found`)
  const platform = requirePlatform(ctx, channel.source)
  if (!platform.verify(channel, request.headers, request.rawBody)) {
    const { workspaceId, id } = channel
    const detail = { by: 'webhook', channel: id }
    noteAtDoor(ctx, { kind: 'failed_authentication', address: request.address ?? '', workspaceId, detail })
    throw new DomainError('unauthenticated', 'Invalid secret token')
  }
  proveChannel(ctx, channel)
  const raw = request.rawBody.toString('utf8')
  const parsed = platform.parse(raw)
  const key = keyOf(parsed)
  const { workspaceId, id: channelId } = channel
  const event: RawEvent | null = await ctx.inbox.record({
    workspaceId,
    channelId,
    source: channel.source,
    key,
    raw,
    sourceId: personOf(parsed),
  })
  if (parsed.kind === 'ignored') {
    if (event) await ctx.inbox.done(event.id, 'ignored')
    return 'ignored'
  }
  if (!event) return 'repeated'
  await kick(event.id)
  return 'stored'
}

/** By which a platform's repetition of an event is known. */
export const keyOf = (event: ParsedEvent): string => ('message' in event ? event.message.key : event.key)

/** Whose event it is, as the platform calls them; null where it says nothing of anybody. */
export const personOf = (event: ParsedEvent): string | null => {
  if (event.kind === 'ignored') return null
  return 'message' in event ? event.message.sourceId : event.sourceId
}
