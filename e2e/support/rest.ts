import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { z } from 'zod'
import { keepCookies, keepSecret, keepSecretsOf } from './run-log.ts'

export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
  /** The body where it is JSON, else null. */
  json: unknown
}

export interface Call {
  method?: string
  token?: string
  /** Sent as it is where it is a text or bytes, else as JSON. */
  body?: unknown
  headers?: Record<string, string>
}

const TIMEOUT_MS = 20_000

/** One request. Its path goes out as it is written here: fetch() would tidy it first. */
export function call(host: string, path: string, given: Call = {}): Promise<Answer> {
  const { method = given.body === undefined ? 'GET' : 'POST', token, body, headers } = given
  const isRaw = typeof body === 'string' || Buffer.isBuffer(body)
  const bytes = body === undefined ? undefined : isRaw ? body : JSON.stringify(body)
  const all = {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(bytes !== undefined && { 'content-type': 'application/json' }),
    ...headers,
  }
  keepSecret('token', token)
  if (!isRaw) keepSecretsOf(body)
  const [hostname, port] = host.split(':')
  return new Promise((resolve, reject) => {
    const sending = request(
      { hostname, port, path, method, headers: all, agent: false },
      async (answered) => {
        const chunks: Buffer[] = []
        for await (const chunk of answered as AsyncIterable<Buffer>) chunks.push(chunk)
        const text = Buffer.concat(chunks).toString('utf8')
        const json = parse(text)
        keepSecretsOf(json)
        keepCookies(answered.headers['set-cookie'])
        resolve({ status: answered.statusCode ?? 0, headers: answered.headers, text, json })
      },
    )
    sending.setTimeout(TIMEOUT_MS, () => sending.destroy(new Error(`${method} ${path} was not answered.`)))
    sending.on('error', reject)
    sending.end(bytes)
  })
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const Registered = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  user_data: z.object({ id: z.number(), email: z.string(), username: z.string() }),
})

export interface Person {
  id: number
  email: string
  login: string
  password: string
  access: string
  refresh: string
}

/** A new account, with an empty workspace of its own. */
export async function register(host: string, name: string): Promise<Person> {
  const login = `${name}-${randomBytes(4).toString('hex')}`
  const password = randomBytes(12).toString('base64url')
  const email = `${login}@example.com`
  const body = { username: login, email, password, first_name: name, last_name: 'Tester' }
  const answer = await call(host, '/api/v1/usr/register', { body })
  if (answer.status !== 201) throw new Error(`Registering answered ${answer.status}: ${answer.text}`)
  const { access_token: access, refresh_token: refresh, user_data } = Registered.parse(answer.json)
  return { id: user_data.id, email, login, password, access, refresh }
}

const Invited = z.object({ url: z.string() })

/** Makes `guest` an agent in the workspace of `host`'s owner. */
export async function shareWorkspace(host: string, owner: Person, guest: Person): Promise<void> {
  const body = { email: guest.email, role: 'agent' }
  const invited = await call(host, '/api/v1/workspace/invitations/', { token: owner.access, body })
  const token = new URL(Invited.parse(invited.json).url).pathname.split('/').at(-1)
  const accepted = await call(host, `/api/v1/invitations/${token}/accept/`, { token: guest.access, body: {} })
  if (accepted.status !== 200) throw new Error(`Accepting answered ${accepted.status}: ${accepted.text}`)
}
