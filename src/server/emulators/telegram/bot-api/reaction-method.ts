import { badRequest } from './bot-api-error.ts'
import type { Answer, Call, Method } from './call.ts'
import { openableChat, requireUnblocked } from './chat-access.ts'
import type { Params } from './params.ts'
import { REACTION_EMOJI } from './reaction-emoji.ts'

export const setMessageReaction: Method = { name: 'setMessageReaction', flooded: true, run: react }

function react(call: Call): Answer {
  const emoji = readReactions(call.params)
  const chat = openableChat(call)
  const message = chat.find(call.params.id('message_id'))
  if (message === null) throw badRequest('message to react not found')
  requireUnblocked(chat)
  // A bot is no Premium user: it has one reaction, and none of its own making.
  if (emoji.length > 1) throw badRequest('REACTIONS_TOO_MANY')
  if (emoji.some((one) => !REACTION_EMOJI.has(one))) throw badRequest('REACTION_INVALID')
  chat.react(message, { botReactions: emoji })
  return { result: true }
}

function readReactions(params: Params): string[] {
  const value = params.json('reaction') ?? []
  if (value instanceof Error) throw badRequest("can't parse reaction types JSON object")
  if (!Array.isArray(value)) throw badRequest('expected an Array of ReactionType')
  return value.map(readReaction)
}

function readReaction(value: unknown): string {
  if (typeof value !== 'object' || value === null) throw unreadable('expected an Object')
  const { type, emoji, custom_emoji_id } = value as Record<string, unknown>
  if (type === undefined) throw unreadable('Can\'t find field "type"')
  if (type === 'custom_emoji') return required('custom_emoji_id', custom_emoji_id)
  if (type !== 'emoji') throw unreadable('invalid reaction type specified')
  return required('emoji', emoji)
}

function required(name: string, value: unknown): string {
  if (typeof value !== 'string') throw unreadable(`Can't find field "${name}"`)
  return value
}

function unreadable(reason: string) {
  return badRequest(`can't parse ReactionType: ${reason}`)
}
