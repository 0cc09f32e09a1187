import type { MemberCtx } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { StoredChannel } from '../ports/channels.ts'
import { requireOwnChannel } from './examine.ts'

/** The channel of the workspace that is to go on under another token; null where none is named. Errors: not_found. */
export async function reconnected(
  ctx: MemberCtx,
  source: StoredChannel['source'],
  channelId: number | undefined,
): Promise<StoredChannel | null> {
  if (channelId === undefined) return null
  const channel = await requireOwnChannel(ctx, channelId)
  if (channel.source === source) return channel
  throw new DomainError('not_found', 'Channel not found')
}

/** Its customers wrote to this account, and would be answered by another. Errors: precondition_failed. */
export function requireSameAccount(
  channel: StoredChannel | null,
  { externalId, username }: { externalId: string; username: string },
): void {
  if (!channel || channel.externalId === externalId) return
  throw new DomainError(
    'precondition_failed',
    `This token is of @${username}, and the channel of @${channel.username}`,
  )
}
