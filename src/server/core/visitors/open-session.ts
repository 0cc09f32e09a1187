import type { WebsiteSettings } from '../../contract/website.ts'
import type { OpenWidgetSession, WidgetSession, WidgetSettings } from '../../contract/widget.ts'
import { proveChannel } from '../channels/prove.ts'
import type { Ctx } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { StoredChannel } from '../ports/channels.ts'
import type { VisitorIdentity } from '../ports/visitor-tokens.ts'
import { findWebsite } from '../websites/find.ts'
import { websiteSettings } from '../websites/website.ts'
import { takeSession } from './limits.ts'
import { presenceFor } from './presence.ts'

/** How long a visitor's token is good; a browser asks for the next one before that. */
const TOKEN_MS = 15 * 60_000

interface From {
  /** The page's origin, as the browser names it. */
  origin: string | undefined
  address: string
}

/**
 * Lets a website's visitor in for a while: a new one, one who comes back with what was kept, or somebody whom the site
 * proves. Errors: not_found (no such key), forbidden (a page of another origin, no or a wrong identity), rate_limited.
 */
export async function openWidgetSession(
  ctx: Ctx,
  input: OpenWidgetSession,
  from: From,
): Promise<WidgetSession> {
  await takeSession(ctx, from.address)
  const channel = await findWebsite(ctx, input.site_key)
  if (!channel) throw new DomainError('not_found', 'There is no website with this key')
  const settings = websiteSettings(channel)
  const origin = requireOrigin(settings, from.origin)
  const identity = await requireIdentity(ctx, channel, input)
  const { sourceId, kept } = await recognise(ctx, channel, { input, identity })
  proveChannel(ctx, channel)
  const { workspaceId, id: channelId } = channel
  const thread = await ctx.visitors.find({ workspaceId, channelId, sourceId })
  const { name, email } = identity ?? { name: null, email: null }
  const expiresAt = ctx.clock.now() + TOKEN_MS
  return {
    token: await ctx.visitorTokens.issue({
      workspaceId,
      channelId,
      sourceId,
      name,
      email,
      origin,
      expiresAt,
    }),
    expires_in: TOKEN_MS / 1_000,
    visitor: kept,
    is_identified: identity !== null,
    settings: shownSettings(channel.name, settings),
    presence: await presenceFor(ctx, { workspaceId, channelId }),
    has_conversation: (thread?.lastSeq ?? 0) > 0,
    unread: thread?.unread ?? 0,
  }
}

function requireOrigin({ allowedOrigins }: WebsiteSettings, origin: string | undefined): string {
  if (origin !== undefined && allowedOrigins.includes(origin)) return origin
  throw new DomainError('forbidden', 'This website does not allow its widget on pages of this origin')
}

async function requireIdentity(
  ctx: Ctx,
  channel: StoredChannel,
  { identity }: OpenWidgetSession,
): Promise<VisitorIdentity | null> {
  if (!identity) {
    if (!websiteSettings(channel).isIdentityEnforced) return null
    throw new DomainError('forbidden', 'This website wants its visitors to be identified')
  }
  const { identitySecret } = channel.credentials
  const proved =
    identitySecret && (await ctx.visitorTokens.readProof(identity, identitySecret, ctx.clock.now()))
  // Never taken for an anonymous visitor: whoever forges somebody is told so.
  if (!proved) throw new DomainError('forbidden', 'The identity of this visitor is not proved')
  return proved
}

async function recognise(
  ctx: Ctx,
  { id: channelId, workspaceId }: StoredChannel,
  { input, identity }: { input: OpenWidgetSession; identity: VisitorIdentity | null },
): Promise<{ sourceId: string; kept: string | null }> {
  const known = input.visitor ? ctx.visitorTokens.recall(channelId, input.visitor) : null
  if (!identity) {
    const id = known ?? ctx.ids.uuid()
    return { sourceId: `visitor:${id}`, kept: ctx.visitorTokens.remember(channelId, id) }
  }
  const sourceId = `user:${identity.id}`
  if (known) await ctx.visitors.adopt({ workspaceId, channelId, sourceId: `visitor:${known}` }, sourceId)
  return { sourceId, kept: null }
}

const shownSettings = (name: string, settings: WebsiteSettings): WidgetSettings => ({
  name,
  accent: settings.accent,
  theme: settings.theme,
  position: settings.position,
  language: settings.language,
  greeting: settings.greeting,
  reply_time: settings.replyTime,
  away: settings.away,
})
