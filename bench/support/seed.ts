import { randomBytes } from 'node:crypto'
import { each, listConversations, post } from './api.ts'
import type { Shape } from './load.ts'
import { BOT_TOKEN } from './platform.ts'

export interface Seeded {
  conversations: string[]
  /** Access tokens of the members of one workspace. */
  tokens: string[]
}

/** Sockets that one person has open, as a few tabs and devices would. */
const SOCKETS_PER_PERSON = 4
const AT_ONCE = 4

interface Person {
  email: string
  token: string
}

/** Makes people and conversations the way they come about: by registering, inviting, and customers who write to a bot. */
export async function seed(url: string, { rooms, members }: Shape): Promise<Seeded> {
  const api = `${url}/api/v1`
  const owner = await register(api, 0)
  const bot = await connect(api, owner)
  const others = Math.max(Math.ceil((rooms * members) / SOCKETS_PER_PERSON), members) - 1
  const people = await each(range(others), AT_ONCE, (index) => join(api, owner, index + 1))
  await each(range(rooms), AT_ONCE, (index) => write(api, bot, index + 1))
  const conversations = await listConversations(url, owner.token, rooms)
  if (conversations.length !== rooms)
    throw new Error(`${conversations.length} of ${rooms} conversations were made`)
  return { conversations, tokens: [owner, ...people].map((person) => person.token) }
}

export interface Bot {
  bot_username: string
  webhook_secret: string
}

/** An owner with a bot, and nobody who has written to it. */
export const connectBot = async (api: string): Promise<Bot> => connect(api, await register(api, 0))

const connect = (api: string, owner: Person) =>
  post<Bot>(`${api}/channels`, { source: 'telegram', bot_token: BOT_TOKEN }, bearer(owner))

async function register(api: string, index: number): Promise<Person> {
  const email = `bench${index}@example.com`
  const { access_token } = await post<{ access_token: string }>(`${api}/usr/register`, {
    username: `bench${index}`,
    email,
    password: randomBytes(12).toString('hex'),
  })
  return { email, token: access_token }
}

async function join(api: string, owner: Person, index: number): Promise<Person> {
  const person = await register(api, index)
  const invited = await post<{ url: string }>(
    `${api}/workspace/invitations`,
    { email: person.email },
    bearer(owner),
  )
  const token = new URL(invited.url).pathname.split('/').at(-1)
  await post(`${api}/invitations/${token}/accept`, {}, bearer(person))
  return person
}

async function write(api: string, bot: Bot, index: number) {
  const id = 9_000_000 + index
  const from = { id, is_bot: false, first_name: `Customer ${index}` }
  const chat = { id, type: 'private', first_name: from.first_name }
  const message = { message_id: 1, date: 1_750_000_000, from, chat, text: 'Hello' }
  const headers = { 'x-telegram-bot-api-secret-token': bot.webhook_secret }
  await post(`${api}/message/webhook/${bot.bot_username}/`, { update_id: index, message }, headers)
}

const bearer = ({ token }: Person) => ({ authorization: `Bearer ${token}` })
const range = (count: number) => Array.from({ length: count }, (_, index) => index)
