import { z } from 'zod'
import { type Member, Role } from './account.ts'
import type { Channel } from './channel.ts'
import { Instant, Source } from './customer.ts'
import { IntId } from './ids.ts'

export const ConnectedTelegram = z.strictObject({
  id: IntId,
  source: Source,
  name: z.string(),
  bot_username: z.string(),
  is_connect: z.boolean(),
  webhook_url: z.string(),
  webhook_secret: z.string(),
})

export const ConnectedInstagram = z.strictObject({
  id: IntId,
  source: z.literal('instagram'),
  name: z.string(),
  instagram_user_id: z.string(),
  is_connect: z.boolean(),
  webhook_url: z.string(),
})

export const ConnectedWebsite = z.strictObject({
  id: IntId,
  source: z.literal('website'),
  name: z.string(),
  site_key: z.string(),
  snippet: z.string(),
})

/** A channel of the workspace on REST, without its secrets. */
export const RestChannel = z.strictObject({
  id: IntId,
  source: Source,
  name: z.string(),
  bot_username: z.string().nullable(),
  is_connect: z.boolean(),
  stopped_reason: z.string().nullable(),
  created_at: Instant,
})
export type RestChannel = z.infer<typeof RestChannel>

export const toRestChannel = (channel: Channel): RestChannel => ({
  id: channel.id,
  source: channel.source,
  name: channel.name,
  bot_username: channel.username,
  is_connect: channel.isConnect,
  stopped_reason: channel.stoppedReason,
  created_at: channel.createdAt,
})

/** A colleague on REST. */
export const RestMember = z.strictObject({
  user_id: IntId,
  name: z.string(),
  email: z.string(),
  role: Role,
  is_online: z.boolean(),
})
export type RestMember = z.infer<typeof RestMember>

export const toRestMember = (member: Member): RestMember => ({
  user_id: member.userId,
  name: member.name,
  email: member.email,
  role: member.role,
  is_online: member.isOnline,
})
