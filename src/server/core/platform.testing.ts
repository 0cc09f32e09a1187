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

function parse(raw: string): ParsedEvent {
  const { update, from, text } = read(raw)
  const key = `update:${update}`
  if (typeof text !== 'string') return { kind: 'ignored', key, reason: 'not a text' }
  const names = { firstName: `Kim ${from}`, lastName: null, username: null }
  const message = { key, providerId: `${from}:${update}`, sourceId: String(from), content: text, ...names }
  return { kind: 'message', message: { ...message, kind: 'text' } }
}

function read(raw: string): Record<string, unknown> {
  try {
    return JSON.parse(raw)
  } catch (cause) {
    throw new DomainError('invalid_input', 'This is not an event', { cause })
  }
}
