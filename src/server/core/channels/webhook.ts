import type { MemberCtx } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { StoredChannel } from '../ports/channels.ts'
import type { Ports } from '../ports.ts'
import { requirePlatform } from './platform-of.ts'

type Here = Pick<Ports, 'settings'>

const base = ({ settings }: Here) => settings.publicUrl.replace(/\/+$/, '')

/** Where Telegram brings a bot's updates. */
export const telegramWebhookUrl = (ctx: Here, username: string | null): string =>
  `${base(ctx)}/api/v1/message/webhook/${username}/`

/** Where a channel's platform brings its events; null for a website, which needs nobody to bring them. */
export function webhookUrlOf(ctx: Here, { source, username }: StoredChannel): string | null {
  if (source === 'telegram') return telegramWebhookUrl(ctx, username)
  return source === 'instagram' ? `${base(ctx)}/api/v1/message/insta-webhook/` : null
}

/** True where updates are asked for, because nobody can bring them. */
export const isPolled = ({ settings }: Here, { source, apiRoot }: StoredChannel): boolean =>
  source === 'telegram' && !settings.publicUrlIsPublic && apiRoot === null

/** True where an address is this server's; an API server of one's own may know it by another name. */
export function isOurs(ctx: Here, channel: StoredChannel, url: string): boolean {
  const expected = webhookUrlOf(ctx, channel)
  if (expected === null || url === expected) return expected !== null
  return channel.apiRoot !== null && URL.canParse(url) && new URL(url).pathname === new URL(expected).pathname
}

/** Sets the webhook and asks whether it is set. */
export async function proveWebhook(ctx: MemberCtx, channel: StoredChannel): Promise<void> {
  const url = webhookUrlOf(ctx, channel)
  if (url === null) return
  const platform = requirePlatform(ctx, channel.source)
  await platform.setWebhook(channel, url)
  const state = await platform.webhookState?.(channel)
  if (state && state.url !== url)
    throw new DomainError('unavailable', 'The platform did not keep the address of this server')
}
