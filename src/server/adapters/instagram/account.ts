import { z } from 'zod'
import { DomainError } from '../../core/errors.ts'
import type { PlatformProfile, RenewedToken } from '../../core/ports/platform.ts'
import { textOf } from '../foreign.ts'
import { callGraph, type GraphAnswer, type GraphCall, type GraphTarget } from './client.ts'
import { describe, UNREACHABLE } from './outcome.ts'

/** A person waits for the answers to what is not a message. */
export const SETUP_TIMEOUT_MS = 10_000

/** What an account tells us of. Without `messaging_seen` nobody learns what a customer has seen. */
export const SUBSCRIBED_FIELDS = [
  'messages',
  'messaging_postbacks',
  'messaging_seen',
  'message_reactions',
  'message_edit',
  'messaging_referral',
]

const ME_FIELDS = 'user_id,id,username,name'

const Me = z.object({
  /** Of the professional account: what webhooks and addresses say. */
  user_id: z
    .string()
    .regex(/^\d{1,32}$/)
    .optional(),
  /** Of the account as this application sees it. */
  id: z
    .string()
    .regex(/^\d{1,32}$/)
    .optional(),
  username: z.string().min(1),
  name: z.string().nullish(),
})

/** Whose token this is. */
export async function identify(target: GraphTarget, version: string) {
  const account = readMe(accepted(await askWho(target, version), 'this token'))
  if (!account) throw new DomainError('unavailable', 'Instagram did not say which account this is')
  return account
}

export const askWho = (target: GraphTarget, version: string): Promise<GraphAnswer> =>
  callGraph(target, { method: 'GET', path: `/${version}/me`, query: { fields: ME_FIELDS } })

/** The account that an answer speaks of; null where it does not say. */
export function readMe(body: Record<string, unknown>) {
  const me = Me.safeParse(body).data
  const externalId = me?.user_id ?? me?.id
  if (!me || !externalId) return null
  const { username } = me
  return { externalId, name: me.name || username, username, otherIds: me.id ? [me.id] : [] }
}

const Token = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() })

/** A token of an hour becomes one of sixty days. Null where Instagram will not, as with one that is long-lived already. */
export async function exchange(target: GraphTarget, appSecret: string): Promise<RenewedToken | null> {
  const query = {
    grant_type: 'ig_exchange_token',
    client_secret: appSecret,
    access_token: target.token,
  }
  return renewed(await callGraph(target, { method: 'GET', path: '/access_token', query }))
}

/** A token that is at least a day old and not yet dead begins its sixty days anew. */
export async function refresh(target: GraphTarget): Promise<RenewedToken | null> {
  const query = { grant_type: 'ig_refresh_token', access_token: target.token }
  return renewed(await callGraph(target, { method: 'GET', path: '/refresh_access_token', query }))
}

function renewed(answer: GraphAnswer): RenewedToken | null {
  const token = answer.kind === 'done' ? Token.safeParse(answer.body).data : undefined
  return token ? { token: token.access_token, lifeMs: token.expires_in * 1000 } : null
}

const Profile = z.object({
  name: z.string().nullish(),
  username: z.string().nullish(),
  profile_pic: z.string().nullish(),
})

/** Who writes, as far as Instagram tells; null where it does not. */
export async function readProfile(target: GraphTarget, path: string): Promise<PlatformProfile | null> {
  const query = { fields: 'name,username,profile_pic' }
  const answer = await callGraph(target, { method: 'GET', path, query })
  const profile = answer.kind === 'done' ? Profile.safeParse(answer.body).data : undefined
  if (!profile) return null
  const { name, username, profile_pic } = profile
  return { name: textOf(name), username: textOf(username), pictureUrl: profile_pic || null }
}

export async function change(target: GraphTarget, call: GraphCall, what: string): Promise<void> {
  accepted(await callGraph(target, call), what)
}

export function accepted(answer: GraphAnswer, what: string): Record<string, unknown> {
  if (answer.kind === 'done') return answer.body
  if (answer.kind !== 'refused') throw new DomainError('unavailable', UNREACHABLE)
  const { status, error } = answer
  const isPassing = error?.is_transient === true || status === 429 || (status >= 500 && !error)
  const sentence = `Instagram refused ${what}: ${describe(answer)}`
  throw new DomainError(isPassing ? 'unavailable' : 'invalid_input', sentence)
}
