import type { Container } from '../container.ts'
import { WebsiteSettings as Settings, type WebsiteSettings } from '../contract/website.ts'
import type { StoredChannel } from '../core/ports/channels.ts'

const NAME = 'چای‌خانهٔ پیک'

/** The demo's website, made the first time; its pages are wherever this very process is reached. */
export async function openDemoWebsite(
  { ctx }: Container,
  { workspaceId, port }: { workspaceId: number; port: string },
): Promise<StoredChannel> {
  const origins = ['localhost', '127.0.0.1'].map((host) => `http://${host}:${port}`)
  const allowedOrigins = [...new Set([new URL(ctx.settings.publicUrl).origin, ...origins])]
  const listed = await ctx.channels.list([workspaceId])
  const known = listed.find(({ source, name }) => source === 'website' && name === NAME)
  const stored = known && (await ctx.channels.findById(known.id))
  if (!stored) return create(ctx, workspaceId, allowedOrigins)
  const settings = { ...(stored.settings as Partial<WebsiteSettings>), allowedOrigins }
  await ctx.channels.change([workspaceId], stored.id, { settings })
  return stored
}

const create = (ctx: Container['ctx'], workspaceId: number, allowedOrigins: string[]) =>
  ctx.channels.create({
    workspaceId,
    source: 'website',
    name: NAME,
    externalId: ctx.ids.code(),
    username: null,
    apiRoot: null,
    credentials: { token: '', webhookSecret: '', identitySecret: ctx.ids.secret() },
    settings: Settings.parse({
      allowedOrigins,
      accent: '#9c4a1a',
      greeting: 'سلام! دربارهٔ چای، قوری یا سفارشتان بپرسید.\nHello! Ask us anything.',
    }),
  })
