import type { Tag } from '../../contract/customer.ts'
import { type MemberCtx, workspaceIds } from '../context.ts'
import { DomainError } from '../errors.ts'

/** Tags that platforms set by themselves; the legacy list hides them. */
const PLATFORM_TAGS = new Set(['Telegram', 'Whatsapp', 'Instagram'])

/** The tags of the member's workspaces, without those that platforms set. */
export const listTags = async (ctx: MemberCtx): Promise<Tag[]> =>
  (await ctx.tags.list(workspaceIds(ctx))).filter(({ name }) => !PLATFORM_TAGS.has(name))

/** Makes tags in the workspace the member works in; those that exist are answered as they are. */
export const createTags = (ctx: MemberCtx, names: string[]): Promise<Tag[]> =>
  ctx.tags.create(ctx.actor.workspaceId, names)

/** One tag by its id. Errors: not_found. */
export async function requireTag(ctx: MemberCtx, id: number): Promise<Tag> {
  const tag = (await ctx.tags.list(workspaceIds(ctx))).find((one) => one.id === id)
  if (!tag) throw new DomainError('not_found', 'Tag not found')
  return tag
}

/** Errors: not_found, conflict (the name is taken). */
export async function renameTag(ctx: MemberCtx, input: { id: number; name: string }): Promise<Tag> {
  const tag = await ctx.tags.rename(workspaceIds(ctx), input.id, input.name)
  if (!tag) throw new DomainError('not_found', 'Tag not found')
  return tag
}

/** Removes tags from the workspaces and from every customer; answers how many there were. */
export const removeTags = (ctx: MemberCtx, ids: number[]): Promise<number> =>
  ctx.tags.remove(workspaceIds(ctx), ids)
