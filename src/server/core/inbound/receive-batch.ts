import { createHash } from 'node:crypto'
import { requirePlatform } from '../channels/platform-of.ts'
import { proveChannel } from '../channels/prove.ts'
import type { Ctx } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { StoredChannel } from '../ports/channels.ts'
import type { ParsedEvent, Platform, PlatformItem } from '../ports/platform.ts'
import { noteAtDoor } from '../security/note.ts'
import { type Kick, keyOf, personOf } from './receive.ts'

interface BatchRequest {
  source: 'instagram'
  headers: Record<string, string | string[] | undefined>
  rawBody: Buffer
  /** Where it comes from. */
  address: string
}

/** What became of one event of a batch; `failed` is kept raw, and is nobody's message. */
export type ItemReceived = 'stored' | 'repeated' | 'ignored' | 'failed' | 'unknown_account'

/**
 * Verifies a body that speaks of several accounts, and so of several workspaces, and stores each event raw with its own.
 * Whoever sees this return may tell the platform that all are safe: one that is poisoned or nobody's holds back no other.
 * Null where the body is of another product. Errors: unauthenticated, invalid_input (no body of the platform's).
 */
export async function receiveBatch(
  ctx: Ctx,
  request: BatchRequest,
  kick: Kick,
): Promise<ItemReceived[] | null> {
  const platform = requirePlatform(ctx, request.source)
  if (!platform.verify(null, request.headers, request.rawBody)) {
    const { source, address } = request
    noteAtDoor(ctx, { kind: 'failed_authentication', address, detail: { by: 'webhook', source } })
    throw new DomainError('unauthenticated', 'Invalid signature')
  }
  const items = platform.open(request.rawBody.toString('utf8'))
  if (items === null) return null
  const channelOf = accountsOf(ctx, request.source)
  const received: ItemReceived[] = []
  let last: string | undefined
  // One after the other: events of one customer are to be numbered as they came.
  for (const item of items) {
    const channel = await channelOf(item.account)
    if (channel) proveChannel(ctx, channel)
    const stored = channel ? await recordItem(ctx, platform, { channel, item }) : null
    received.push(stored?.outcome ?? 'unknown_account')
    last = stored?.waitFor ?? last
  }
  if (received.includes('stored')) await kick(last)
  return received
}

function accountsOf({ channels }: Pick<Ctx, 'channels'>, source: 'instagram') {
  const known = new Map<string, Promise<StoredChannel | null>>()
  return (account: string | null): Promise<StoredChannel | null> => {
    if (account === null) return Promise.resolve(null)
    const found = known.get(account) ?? channels.findByExternalId(source, account)
    known.set(account, found)
    return found
  }
}

/** Stores one event of a platform's raw, with its channel. */
export async function recordItem(
  ctx: Ctx,
  platform: Platform,
  { channel, item }: { channel: StoredChannel; item: PlatformItem },
): Promise<{ outcome: ItemReceived; waitFor?: string }> {
  const parsed = parseOrNull(ctx, platform, item.raw)
  const { workspaceId, id: channelId, source } = channel
  const event = await ctx.inbox.record({
    workspaceId,
    channelId,
    source,
    key: parsed ? keyOf(parsed) : poisonedKey(item.raw),
    raw: item.raw,
    sourceId: parsed && personOf(parsed),
  })
  const ended = parsed === null ? 'failed' : parsed.kind === 'ignored' ? 'ignored' : null
  if (ended) {
    if (event) await ctx.inbox.done(event.id, ended)
    return { outcome: ended }
  }
  return event ? { outcome: 'stored', waitFor: event.id } : { outcome: 'repeated' }
}

function parseOrNull({ log }: Pick<Ctx, 'log'>, platform: Platform, raw: string): ParsedEvent | null {
  try {
    return platform.parse(raw)
  } catch (err) {
    log.warn({ err }, 'An event cannot be understood; it is kept as it came')
    return null
  }
}

const poisonedKey = (raw: string): string => `raw:${createHash('sha256').update(raw).digest('base64url')}`
