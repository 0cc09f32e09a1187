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
})
export type Channel = z.infer<typeof Channel>

/** Telegram's token: the bot's id, a colon, and the secret. */
export const TelegramToken = z
  .string()
  .regex(/^\d{1,20}:[A-Za-z0-9_-]{10,100}$/, 'This is not a bot token: copy it whole from BotFather.')

export const ConnectTelegram = z.object({ source: z.literal('telegram'), bot_token: TelegramToken })
export type ConnectTelegram = z.infer<typeof ConnectTelegram>
