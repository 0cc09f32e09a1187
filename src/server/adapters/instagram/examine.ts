import { z } from 'zod'
import type { Examination } from '../../core/ports/platform.ts'
import { askWho, readMe, SUBSCRIBED_FIELDS } from './account.ts'
import { callGraph, type GraphAnswer, type GraphTarget } from './client.ts'
import { describe } from './outcome.ts'

/** A person looks on. */
const TIMEOUT_MS = 7_000
/** Graph's code for a token that is refused, whatever the reason. */
const DEAD_TOKEN = 190

/** Whose token it is, and which of the account's events the application is sent. Where those go is told to nobody. */
export async function examine(
  given: GraphTarget,
  { version, subscriptions }: { version: string; subscriptions: string },
): Promise<Omit<Examination, 'isSecretKnown'>> {
  const target = { ...given, timeoutMs: TIMEOUT_MS }
  const [me, apps] = await Promise.all([
    askWho(target, version),
    callGraph(target, { method: 'GET', path: subscriptions }),
  ])
  return {
    ...tokenOf(me),
    account: me.kind === 'done' ? (readMe(me.body)?.externalId ?? null) : null,
    webhook: apps.kind === 'done' ? subscriptionOf(apps.body) : null,
    clockAheadMs: null,
  }
}

function tokenOf(me: GraphAnswer): Pick<Examination, 'token' | 'words'> {
  if (me.kind === 'done') return { token: 'accepted', words: null }
  if (me.kind !== 'refused') return { token: 'unreachable', words: null }
  const words = describe(me)
  return { token: me.error?.code === DEAD_TOKEN ? 'refused' : 'unreachable', words }
}

const Apps = z.object({ data: z.array(z.object({ subscribed_fields: z.array(z.string()).catch([]) })) })

/** The token is one of our application's, and so it is told of that application alone. */
function subscriptionOf(body: Record<string, unknown>): Examination['webhook'] {
  const apps = Apps.safeParse(body).data
  if (!apps) return null
  const told = new Set(apps.data.flatMap(({ subscribed_fields }) => subscribed_fields))
  return {
    url: null,
    isSet: told.size > 0,
    pending: null,
    lastError: null,
    lastErrorAt: null,
    missing: SUBSCRIBED_FIELDS.filter((field) => !told.has(field)),
  }
}
