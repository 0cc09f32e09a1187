import { z } from 'zod'
import { fields, parseJson } from '../foreign.ts'
import { wasNeverSent } from '../never-sent.ts'
import { readAnswer } from '../read-answer.ts'

/** Where a call goes, and for whom. */
export interface GraphTarget {
  root: string
  token: string
  timeoutMs?: number
}

export interface GraphCall {
  method: 'GET' | 'POST' | 'DELETE'
  /** With the version, and without a query. */
  path: string
  query?: Record<string, string>
  body?: object
}

export const GraphError = z.object({
  code: z.coerce.number().catch(0),
  error_subcode: z.coerce.number().optional().catch(undefined),
  message: z.string().catch(''),
  error_user_msg: z.string().optional().catch(undefined),
  is_transient: z.boolean().optional().catch(undefined),
})
export type GraphError = z.infer<typeof GraphError>

/** What became of a call. `unreachable`: it never left. `lost`: it left, and nobody knows what became of it. */
export type GraphAnswer =
  | { kind: 'done'; body: Record<string, unknown> }
  /** `error` is null where something in between answered instead of Instagram. */
  | { kind: 'refused'; status: number; error: GraphError | null; retryAfterMs: number | null }
  | { kind: 'unreachable' }
  | { kind: 'lost' }

const GRAPH_TIMEOUT_MS = 30_000
/** Longest pause that is believed. */
export const MAX_RETRY_AFTER_MS = 60 * 60 * 1000
const MINUTE_MS = 60_000

/** Calls the Graph API. Never throws, and no text it answers holds the token. */
export async function callGraph(target: GraphTarget, call: GraphCall): Promise<GraphAnswer> {
  const query = call.query ? `?${new URLSearchParams(call.query)}` : ''
  try {
    const response = await fetch(`${target.root.replace(/\/+$/, '')}${call.path}${query}`, {
      method: call.method,
      headers: {
        authorization: `Bearer ${target.token}`,
        ...(call.body && { 'content-type': 'application/json' }),
      },
      body: call.body && JSON.stringify(call.body),
      // A redirect would carry the token to somebody else.
      redirect: 'manual',
      signal: AbortSignal.timeout(target.timeoutMs ?? GRAPH_TIMEOUT_MS),
    })
    return read(response, [target.token, ...secretsIn(call)])
  } catch (error) {
    return { kind: wasNeverSent(error) ? 'unreachable' : 'lost' }
  }
}

const secretsIn = ({ query }: GraphCall): string[] =>
  [query?.access_token, query?.client_secret].filter(
    (secret) => secret !== undefined && secret !== '',
  ) as string[]

async function read(response: Response, secrets: string[]): Promise<GraphAnswer> {
  const { status } = response
  const text = await readAnswer(response).catch(() => '')
  const body = asObject(text)
  if (status < 300 && body !== null && !('error' in body)) return { kind: 'done', body }
  // A success whose answer cannot be read is not known to be one.
  if (status < 300 && body === null) return { kind: 'lost' }
  const error = GraphError.safeParse(asObject(secrets.reduce(hide, text))?.error).data ?? null
  return { kind: 'refused', status, error, retryAfterMs: retryAfter(response.headers) }
}

const hide = (text: string, secret: string): string => text.replaceAll(secret, '[secret]')

const asObject = (text: string) => fields(parseJson(text))

const Usage = z.record(
  z.string(),
  z.array(z.object({ estimated_time_to_regain_access: z.number().nonnegative().catch(0) })),
)

/** How long Instagram says to wait: in seconds as everybody does, or in minutes of its own. */
function retryAfter(headers: Headers): number | null {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  if (Number.isFinite(seconds) && seconds >= 0) return Math.min(seconds * 1000, MAX_RETRY_AFTER_MS)
  const usage = Usage.safeParse(asObject(headers.get('x-business-use-case-usage') ?? '')).data ?? {}
  const minutes = Math.max(
    0,
    ...Object.values(usage).flatMap((rows) => rows.map((row) => row.estimated_time_to_regain_access)),
  )
  return minutes > 0 ? Math.min(minutes * MINUTE_MS, MAX_RETRY_AFTER_MS) : null
}
