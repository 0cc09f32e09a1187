import { DomainError } from './errors.ts'
import type { StoredChannel } from './ports/channels.ts'
import type { Outgoing, ParsedEvent, Platform, SendOutcome } from './ports/platform.ts'

export interface Sent {
  channel: StoredChannel
  recipient: string
  content: string
  outgoing: Outgoing
}

type Answer = SendOutcome | ((sent: Sent) => SendOutcome | Promise<SendOutcome>)

/**
 * A platform in this process that does as it was told: `answers` are given to the next sends in order, and when they
 * are used up everything is accepted. Its events are JSON `{ update, from, text }`; its secret is `hook`.
 */
export function createScriptedPlatform() {
  const sent: Sent[] = []
  const answers: Answer[] = []
  const webhooks = new Map<number, string>()
  const platform: Platform = {
    identify: async (token) => {
      const externalId = token.split(':')[0] ?? ''
      return { externalId, name: `Bot ${externalId}`, username: `bot_${externalId}` }
    },
    setWebhook: async ({ id }, url) => void webhooks.set(id, url),
    removeWebhook: async ({ id }) => void webhooks.delete(id),
    verify: (channel, headers) => headers['x-secret'] === channel?.credentials.webhookSecret,
    open: (raw) => [{ account: null, raw }],
    parse,
    send: async (channel, outgoing) => {
      const content = 'content' in outgoing ? outgoing.content : ''
      const one = { channel, recipient: outgoing.recipient, content, outgoing }
      sent.push(one)
      const answer = answers.shift() ?? accept(sent.length)
      return typeof answer === 'function' ? answer(one) : answer
    },
  }
  return { platform, sent, answers, webhooks }
}

const accept = (number: number): SendOutcome => ({
  outcome: 'sent',
  providerId: `sent:${number}`,
  result: { success: true, message_id: number },
})

/** An event of the scripted platform as it comes over the wire. */
export const eventOf = (update: number, from: string, text: string): string =>
  JSON.stringify({ update, from, text })

/** What happened to a message, by the number of the update that brought it. */
export type Happening =
  | { kind: 'edit'; of: number; text: string; at?: string }
  | { kind: 'unsend'; of: number }
  | { kind: 'reaction'; of: number; emojis: string[]; at?: string }
  | { kind: 'seen'; of: number }
  | { kind: 'reach'; reason: string | null }
  /** Our own side's message to them, which the platform calls `mid`. */
  | { kind: 'echo'; mid: string; text: string; isOurs?: boolean }

/** Something that happened to a message of somebody's, as it comes over the wire. */
export const happeningOf = (update: number, from: string, happening: Happening): string =>
  JSON.stringify({ update, from, ...happening })

function parse(raw: string): ParsedEvent {
  const { update, from, text, kind, of, mid, ...more } = read(raw)
  const key = `update:${update}`
  const about = { key, sourceId: String(from), providerId: String(mid ?? `${from}:${of}`) }
  if (kind === 'edit') return { kind, ...about, content: String(text), ...timeOf(more) }
  if (kind === 'unsend' || kind === 'seen') return { kind, ...about }
  if (kind === 'reaction') return { kind, ...about, emojis: more.emojis as string[], ...timeOf(more) }
  if (kind === 'reach') return { kind, ...about, reason: more.reason as string | null }
  if (kind === 'echo') {
    const nobody = { firstName: null, lastName: null, username: null }
    const message = { ...about, ...nobody, content: String(text), kind: 'text' as const }
    return { kind, message, isOurs: (more.isOurs as boolean | undefined) ?? null }
  }
  if (typeof text !== 'string') return { kind: 'ignored', key, reason: 'not a text' }
  const names = { firstName: `Kim ${from}`, lastName: null, username: null }
  const message = { key, providerId: `${from}:${update}`, sourceId: String(from), content: text, ...names }
  return { kind: 'message', message: { ...message, kind: 'text' } }
}

const timeOf = ({ at }: Record<string, unknown>) => (typeof at === 'string' ? { at } : {})

function read(raw: string): Record<string, unknown> {
  try {
    return JSON.parse(raw)
  } catch (cause) {
    throw new DomainError('invalid_input', 'This is not an event', { cause })
  }
}
