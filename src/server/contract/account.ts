import { z } from 'zod'
import { Instant } from './customer.ts'
import { IntId } from './ids.ts'
import { NewPassword, PASSWORD_SENTENCES, passwordProblem, TypedPassword } from './password.ts'
import { storableText } from './text.ts'

export const Role = z.enum(['owner', 'admin', 'agent'])
export type Role = z.infer<typeof Role>

export const Locale = z.enum(['fa', 'en'])
export type Locale = z.infer<typeof Locale>

/** The longest text that is looked at where a code is asked for: a code with whatever was pasted around it. */
export const MAX_CODE = 100

export const Member = z.object({
  userId: IntId,
  name: z.string(),
  email: z.string(),
  role: Role,
  isOnline: z.boolean(),
})
export type Member = z.infer<typeof Member>

export const ChangeRole = z.object({ userId: IntId, role: Role })
export type ChangeRole = z.infer<typeof ChangeRole>

/** The person on the console and the workspace they work in. */
export const Me = z.object({
  userId: IntId,
  name: z.string(),
  email: z.string(),
  username: z.string(),
  locale: Locale,
  workspace: z.object({ id: IntId, name: z.string(), role: Role }),
  workspaces: z.array(z.object({ id: IntId, name: z.string(), role: Role })),
  /** True for whoever runs this instance. */
  isInstanceAdmin: z.boolean(),
})
export type Me = z.infer<typeof Me>

export const Register = z
  .object({
    username: z.string().regex(/^[\w.@+-]{1,150}$/, 'Enter a valid username.'),
    email: z.email('Enter a valid email address.').max(254),
    password: NewPassword,
    first_name: storableText(150).optional(),
    last_name: storableText(150).optional(),
    setup_code: z.string().max(MAX_CODE).nullish().meta({
      description: 'Makes the account the instance’s administrator, where there is none',
    }),
  })
  .superRefine(({ password, ...person }, { addIssue }) => {
    const problem = passwordProblem(password, person)
    if (problem) addIssue({ code: 'custom', path: ['password'], message: PASSWORD_SENTENCES[problem] })
  })
export type Register = z.infer<typeof Register>

export const Login = z.object({
  email_or_username: z.string().min(1).max(254),
  password: TypedPassword,
  otp: z.string().max(MAX_CODE).nullish().meta({
    description: 'The second factor, where the account has one: the authenticator’s code or a recovery code',
  }),
})
export type Login = z.infer<typeof Login>

export const Invite = z.object({
  email: z.email().max(254),
  role: z.enum(['admin', 'agent']).default('agent'),
})
export type Invite = z.infer<typeof Invite>

export const Invitation = z.object({ id: IntId, url: z.string() })
export type Invitation = z.infer<typeof Invitation>

export const KeyScope = z.enum(['messages', 'ai', 'read'])
export type KeyScope = z.infer<typeof KeyScope>

/** A new API key. Without `expires_at` it lives until it is revoked. */
export const CreateApiKey = z.object({
  name: storableText(100).refine((name) => name.trim() !== '', 'Give the key a name.'),
  scopes: z.array(KeyScope).min(1).max(3),
  expires_at: z.iso.datetime({ offset: true }).nullish(),
})
export type CreateApiKey = z.infer<typeof CreateApiKey>

/** A key as it is listed: its secret is shown once and never again. */
export const ApiKey = z.object({
  id: IntId,
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(KeyScope),
  created_at: Instant,
  expires_at: Instant.nullable(),
  last_used_at: Instant.nullable(),
})
export type ApiKey = z.infer<typeof ApiKey>

export const ReplyHandler = z.enum(['AI', 'support'])
export type ReplyHandler = z.infer<typeof ReplyHandler>

/** What a person may change of themselves. */
export const ChangeProfile = z.object({
  first_name: storableText(150).optional(),
  last_name: storableText(150).optional(),
  default_reply_handler: ReplyHandler.optional(),
})
export type ChangeProfile = z.infer<typeof ChangeProfile>
