import { z } from 'zod'
import { toNetwork } from './contract/network.ts'

const flag = z.enum(['true', 'false', '1', '0']).transform((value) => value === 'true' || value === '1')
const count = (fallback: number, max = 1_000_000) => z.coerce.number().int().min(0).max(max).default(fallback)
const bound = (fallback: number) => z.coerce.number().int().min(1).max(10_000_000).default(fallback)
const networks = z.string().transform((text, issues) =>
  text.split(',').flatMap((part) => {
    const network = toNetwork(part.trim())
    if (!network)
      issues.addIssue({ code: 'custom', message: 'must be addresses or CIDR networks, with commas between' })
    return network ?? []
  }),
)
const keys = z.string().transform((text, issues) => {
  const all = text.split(',').map((part) => part.trim())
  if (!all.every((key) => /^[0-9a-f]{64}$/i.test(key)))
    issues.addIssue({ code: 'custom', message: 'must be keys of 64 hex digits, with commas between' })
  return all
})
const origin = z
  .url({ abort: true })
  .refine((url) => new URL(url).pathname === '/', 'must be scheme, host and port without a path')

const origins = z.string().transform((text, issues) =>
  text.split(',').map((part) => {
    const parsed = origin.safeParse(part.trim())
    if (!parsed.success)
      issues.addIssue({
        code: 'custom',
        message: 'must be origins such as https://desk.example, with commas between',
      })
    return parsed.success ? new URL(parsed.data).origin : ''
  }),
)

/** Else a part of the password is taken for the host, and named in errors as one. */
const hasPlainPassword = (url: string) => !/^\w+:\/\/[^/?#]*[/#][^?]*@/.test(url)

const Env = z
  .object({
    PORT: z.coerce.number().int().min(0).max(65_535).default(8000),
    HOST: z.string().min(1).default('127.0.0.1'),
    METRICS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
    PUBLIC_URL: origin.transform((url) => new URL(url).origin).optional(),
    DATA_DIR: z.string().min(1).default('./data'),
    DATABASE_URL: z
      .string()
      .regex(/^postgres(ql)?:\/\//, 'must begin with postgresql://')
      .refine(hasPlainPassword, 'must have its password percent-encoded')
      .optional(),
    REDIS_URL: z
      .string()
      .regex(/^rediss?:\/\//, 'must begin with redis://')
      .refine(hasPlainPassword, 'must have its password percent-encoded')
      .optional(),
    AUTH_SECRET: z.string().min(16).optional(),
    JWT_SECRET: z.string().min(1).optional(),
    ENCRYPTION_KEY: z
      .string()
      .regex(/^[0-9a-f]{64}$/i, 'must be 64 hex digits')
      .optional(),
    ENCRYPTION_KEY_OLD: keys.default([]),
    ACCESS_TTL_DAYS: z.coerce.number().positive().max(3650).default(7),
    REFRESH_TTL_DAYS: z.coerce.number().positive().max(3650).default(15),
    ALLOW_REGISTRATION: flag.default(true),
    ALLOWED_ORIGINS: origins.optional(),
    MAX_MESSAGES_PER_MINUTE: bound(20),
    MAX_CONSOLE_MESSAGES_PER_MINUTE: bound(120),
    MAX_KEY_MESSAGES_PER_MINUTE: bound(600),
    MAX_CONNECTIONS_PER_USER: bound(5),
    MAX_CONSOLE_CONNECTIONS: bound(20),
    MAX_CONNECTIONS_PER_MINUTE: bound(10),
    MAX_FAILED_AUTH_ATTEMPTS: bound(5),
    BLACKLIST_DURATION_HOURS: z.coerce.number().positive().max(8_760).default(24),
    MAX_UNAUTHENTICATED_PER_ADDRESS: bound(50),
    ENABLE_RATE_LIMITING: flag.default(true),
    ENABLE_DELIVERY_PACE: flag.default(true),
    ENABLE_SPAM_DETECTION: flag.default(true),
    TRUSTED_PROXIES: networks.default([]),
    EVENT_RETENTION_DAYS: z.coerce.number().positive().max(3650).default(7),
    TELEGRAM_API_ROOT: origin.transform((url) => new URL(url).origin).default('https://api.telegram.org'),
    INSTAGRAM_GRAPH_ROOT: origin
      .transform((url) => new URL(url).origin)
      .default('https://graph.instagram.com'),
    INSTAGRAM_GRAPH_VERSION: z
      .string()
      .regex(/^v\d{1,2}\.\d$/, 'must look like v23.0')
      .default('v23.0'),
    INSTAGRAM_APP_SECRET: z.string().min(1).optional(),
    INSTAGRAM_VERIFY_TOKEN: z.string().min(1).optional(),
    EXTERNAL_SEND_WAIT_MS: count(5000, 60_000),
    LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
    DEMO: flag.optional(),
    NODE_ENV: z.string().optional(),
  })
  .superRefine((env, issues) => {
    if (!env.DATABASE_URL) return
    for (const name of ['AUTH_SECRET', 'JWT_SECRET', 'ENCRYPTION_KEY'] as const)
      if (!env[name])
        issues.addIssue({ code: 'custom', path: [name], message: 'is required with DATABASE_URL' })
  })

export type Env = z.infer<typeof Env>

/** Reads the settings; an empty one counts as not set. Throws one sentence that names every bad one. */
export function readEnv(source: NodeJS.ProcessEnv = process.env): Env {
  const set = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const parsed = Env.safeParse(set)
  if (parsed.success) return parsed.data
  const bad = parsed.error.issues.map((issue) => `${issue.path.join('.')} (${issue.message})`).join(', ')
  throw Object.assign(new Error(`These settings are not usable: ${bad}.`), { code: 'bad_setting' })
}

/** next-auth reads its address and its secret from these two names and from nowhere else. */
export function setNextAuth(publicUrl: string, secret: string) {
  Object.assign(process.env, {
    NEXTAUTH_URL: publicUrl,
    NEXTAUTH_SECRET: secret,
    NEXT_TELEMETRY_DISABLED: '1',
  })
}
