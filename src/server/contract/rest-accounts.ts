import { z } from 'zod'
import { ReplyHandler } from './account.ts'
import { IntId } from './ids.ts'

export const UserData = z.strictObject({
  id: IntId,
  first_name: z.string(),
  last_name: z.string(),
  email: z.string(),
  username: z.string(),
  default_reply_handler: ReplyHandler,
  locale: z.enum(['fa', 'en']),
})

export const SignedIn = z.strictObject({
  access_token: z.string(),
  refresh_token: z.string(),
  user_data: UserData,
})

export const Registered = SignedIn.extend({
  email_confirmation_sent: z.boolean(),
  message: z.string(),
})

export const RefreshBody = z.object({ refresh: z.string() })

export const Refreshed = z.strictObject({
  success: z.literal(true),
  data: z.strictObject({ refresh_token: z.string(), access_token: z.string().optional() }),
})

export const RefreshFailure = z.strictObject({ success: z.literal(false), errors: z.array(z.string()) })
