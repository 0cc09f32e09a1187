import { z } from 'zod'
import { Instant, Source } from './customer.ts'
import { IntId } from './ids.ts'

/** A connected account on a platform, without its secrets. */
export const Channel = z.object({
  id: IntId,
  source: Source,
  name: z.string(),
  username: z.string().nullable(),
  isConnect: z.boolean(),
  stoppedReason: z.string().nullable(),
  createdAt: Instant,
  /** When its access ends unless it is renewed before; null where it does not, or nobody knows. */
  tokenExpiresAt: Instant.nullish(),
  /** Instagram: a person may still answer after the first day, under the tag for people. */
  isHumanAgentOn: z.boolean().optional(),
})
export type Channel = z.infer<typeof Channel>

/** Telegram's token: the bot's id, a colon, and the secret. */
export const TelegramToken = z
  .string()
  .regex(/^\d{1,20}:[A-Za-z0-9_-]{10,100}$/, 'This is not a bot token: copy it whole from BotFather.')

export const ConnectTelegram = z.object({ source: z.literal('telegram'), bot_token: TelegramToken })
export type ConnectTelegram = z.infer<typeof ConnectTelegram>

/** Besides, from the console: the channel that is to go on under the token, which must be of its account. */
const again = { channelId: IntId.optional() }
export const ReconnectTelegram = ConnectTelegram.extend(again)
export type ReconnectTelegram = z.infer<typeof ReconnectTelegram>

/** Instagram's token, as its dashboard shows it. */
export const InstagramToken = z
  .string()
  .regex(/^[A-Za-z0-9_.|-]{10,1000}$/, 'This is not an access token: copy it whole from the dashboard.')

export const ConnectInstagram = z.object({
  source: z.literal('instagram'),
  access_token: InstagramToken,
  /** If given, the token must be of this account. */
  instagram_user_id: z
    .string()
    .regex(/^\d{1,32}$/, 'An Instagram user id is a number')
    .optional(),
})
export type ConnectInstagram = z.infer<typeof ConnectInstagram>

export const ReconnectInstagram = ConnectInstagram.extend(again)
export type ReconnectInstagram = z.infer<typeof ReconnectInstagram>

export const SetHumanAgent = z.object({ channelId: IntId, isOn: z.boolean() })
export type SetHumanAgent = z.infer<typeof SetHumanAgent>

/** What whoever connects an Instagram account has to know of this installation. */
export const InstagramSetup = z.object({
  webhookUrl: z.string(),
  /** False where the application's secret or the verify token is not set: no event is believed then. */
  isReady: z.boolean(),
})
export type InstagramSetup = z.infer<typeof InstagramSetup>
