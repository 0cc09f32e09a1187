import type { ChangeWebsite, Website, WebsiteSettings } from '../../contract/website.ts'
import type { MemberCtx } from '../context.ts'
import { DomainError } from '../errors.ts'
import { audit } from '../security/audit.ts'
import { publicWebsite, requireOwnWebsite, WEBSITES_TOPIC, websiteSettings } from './website.ts'

/** Changes a website's name and settings. Visitors who are there ask for a session again, and get the new ones. */
export async function changeWebsite(ctx: MemberCtx, input: ChangeWebsite): Promise<Website> {
  const { name, settings } = input
  const before = await requireOwnWebsite(ctx, input.channelId)
  const after = await ctx.channels.change([before.workspaceId], before.id, { name, settings })
  if (!after) throw new DomainError('not_found', 'Channel not found')
  await audit(ctx, {
    action: 'channel.changed',
    target: `channel:${after.id}`,
    ...changesOf({ name: before.name, ...websiteSettings(before) }, { name, ...settings }),
  })
  ctx.bus.publish(WEBSITES_TOPIC, after.id)
  return publicWebsite(ctx, after)
}

type Told = WebsiteSettings & { name: string }

/** What is not the same any more, before and after. */
function changesOf(before: Told, after: Told) {
  const names = (Object.keys(after) as (keyof Told)[]).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  )
  const pick = (of: Told) => Object.fromEntries(names.map((name) => [name, of[name]]))
  return { before: pick(before), after: pick(after) }
}
