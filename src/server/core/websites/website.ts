import { Website, WebsiteSettings } from '../../contract/website.ts'
import type { MemberCtx } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { StoredChannel } from '../ports/channels.ts'
import type { Settings } from '../ports/settings.ts'
import { canManageChannels, requireRight } from '../security/can.ts'

/** Told when a website is changed or taken away: what its visitors were given to go in by is asked for again. */
export const WEBSITES_TOPIC = 'websites'

export const websiteSettings = ({ settings }: Pick<StoredChannel, 'settings'>): WebsiteSettings =>
  WebsiteSettings.parse(settings)

/** What is to be put into a site's pages. */
export const snippetOf = ({ publicUrl }: Pick<Settings, 'publicUrl'>, siteKey: string): string =>
  `<script async src="${publicUrl.replace(/\/+$/, '')}/widget.js" data-site="${siteKey}"></script>`

/** A website as it may be shown: its identity secret stays behind. */
export const publicWebsite = (ctx: Pick<MemberCtx, 'settings'>, channel: StoredChannel): Website =>
  Website.parse({
    id: channel.id,
    name: channel.name,
    siteKey: channel.externalId,
    snippet: snippetOf(ctx.settings, channel.externalId),
    settings: websiteSettings(channel),
    createdAt: channel.createdAt,
  })

/** A website of the workspace. Errors: forbidden, not_found. */
export async function requireOwnWebsite(ctx: MemberCtx, channelId: number): Promise<StoredChannel> {
  requireRight(ctx, canManageChannels, 'Only owners and admins can change channels')
  const channel = await ctx.channels.findById(channelId)
  if (channel?.source !== 'website' || channel.workspaceId !== ctx.actor.workspaceId)
    throw new DomainError('not_found', 'Channel not found')
  return channel
}

/** One website with its settings and its snippet. */
export const getWebsite = async (ctx: MemberCtx, { channelId }: { channelId: number }): Promise<Website> =>
  publicWebsite(ctx, await requireOwnWebsite(ctx, channelId))
