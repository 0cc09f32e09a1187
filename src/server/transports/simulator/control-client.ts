import { z } from 'zod'
import type { SimulatedMessage, SimulatorChat } from '../../contract/simulator.ts'

/** Where the emulator's control API is, and the bot whose chats are shown. */
export interface ControlTarget {
  emulatorUrl: string
  controlKey: string
  botId: number
}

/** A refusal to be shown to the page. */
export class SimulatorError extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

const CONTROL_TIMEOUT_MS = 5_000

const WireMessage = z.object({
  message_id: z.number(),
  from: z.enum(['user', 'bot']),
  dateMs: z.number(),
  text: z.string(),
  edited: z.boolean(),
})
export const toMessage = (value: unknown): SimulatedMessage => {
  const message = WireMessage.parse(value)
  return {
    messageId: message.message_id,
    from: message.from === 'user' ? 'customer' : 'bot',
    text: message.text,
    at: message.dateMs,
    edited: message.edited,
  }
}

/** The chat as it stands. */
export async function readChat(target: ControlTarget, chatId: number): Promise<SimulatorChat> {
  const [chat, page] = await Promise.all([
    call(target, { verb: 'GET', path: `chats/${chatId}` }),
    call(target, { verb: 'GET', path: `chats/${chatId}/messages` }),
  ])
  const { blocked } = z.object({ blocked: z.boolean() }).parse(chat)
  const { messages } = z.object({ messages: z.array(z.unknown()) }).parse(page)
  return { messages: messages.map(toMessage), blocked }
}

/** Writes as the customer. */
export async function writeText(
  target: ControlTarget,
  chatId: number,
  text: string,
): Promise<SimulatedMessage> {
  const action = await call(target, { verb: 'POST', path: `chats/${chatId}/messages`, body: { text } })
  return toMessage(z.object({ message: z.unknown() }).parse(action).message)
}

/** Blocks or unblocks the bot as the customer. */
export async function setBlocked(
  target: ControlTarget,
  chatId: number,
  blocked: boolean,
): Promise<{ blocked: boolean }> {
  await call(target, { verb: 'PATCH', path: `chats/${chatId}`, body: { blocked } })
  return { blocked }
}

/** Opens the chat's stream at the emulator. */
export async function openStream(
  target: ControlTarget,
  chatId: number,
  { lastEventId, signal }: { lastEventId: string | undefined; signal: AbortSignal },
): Promise<Response> {
  const headers = new Headers({ 'x-emulator-key': target.controlKey })
  if (lastEventId !== undefined) headers.set('last-event-id', lastEventId)
  const response = await fetch(urlOf(target, `chats/${chatId}/events`), { headers, signal }).catch(() => null)
  if (!response?.ok) throw new SimulatorError(503, 'The simulator is not available')
  return response
}

type Call = { verb: string; path: string; body?: object }

async function call(target: ControlTarget, { verb, path, body }: Call): Promise<unknown> {
  const response = await fetch(urlOf(target, path), {
    method: verb,
    headers: { 'x-emulator-key': target.controlKey, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(CONTROL_TIMEOUT_MS),
  }).catch(() => null)
  if (response?.ok) return response.json()
  // A wrong key is our own fault, not the page's.
  const isTheirs = response && response.status < 500 && response.status !== 401
  const status = isTheirs ? response.status : 503
  throw new SimulatorError(status, isTheirs ? await reason(response) : 'The simulator is not available')
}

async function reason(response: Response): Promise<string> {
  const shape = z.object({ error: z.object({ message: z.string() }) })
  const parsed = shape.safeParse(await response.json().catch(() => null))
  return parsed.success ? parsed.data.error.message : 'The simulator refused'
}

const urlOf = ({ emulatorUrl, botId }: ControlTarget, path: string): string =>
  `${emulatorUrl}/control/bots/${botId}/${path}`
