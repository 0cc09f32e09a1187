import type { WebsiteSettings } from '../../contract/website.ts'
import type { Ctx, MemberCtx, VisitorCtx } from '../context.ts'
import { changeWebsite } from '../websites/change.ts'
import { connectWebsite } from '../websites/connect.ts'
import { openWidgetSession } from './open-session.ts'

export const SHOP = 'https://shop.example'

/** A website of the member's workspace whose pages are SHOP's. */
export async function openWebsite(member: MemberCtx, settings: Partial<WebsiteSettings> = {}) {
  const made = await connectWebsite(member, { source: 'website', name: 'Shop', allowed_origins: [SHOP] })
  const changed = { channelId: made.id, name: 'Shop', settings: { ...made.settings, ...settings } }
  return changeWebsite(member, changed)
}

/** A session of a page of SHOP. */
export const visit = (ctx: Ctx, siteKey: string, more: object = {}, from: object = {}) =>
  openWidgetSession(ctx, { site_key: siteKey, ...more }, { origin: SHOP, address: '203.0.113.7', ...from })

/** Whoever a session's token lets in. */
export async function asVisitor(ctx: Ctx, token: string): Promise<VisitorCtx> {
  const claims = await ctx.visitorTokens.verify(token, ctx.clock.now())
  if (typeof claims === 'string') throw new Error(claims)
  const { origin: _, expiresAt: __, ...who } = claims
  return { ...ctx, actor: { kind: 'visitor', ...who, address: '203.0.113.7' } }
}
