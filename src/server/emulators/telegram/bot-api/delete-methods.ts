import type { StoredMessage } from '../world/stored-message.ts'
import { badRequest } from './bot-api-error.ts'
import type { Answer, Call, Method } from './call.ts'
import { openableChat } from './chat-access.ts'
import { requireMessageId } from './message-id.ts'
import type { Params } from './params.ts'

const DELETABLE_MS = 48 * 60 * 60 * 1000
const MAX_AT_ONCE = 100

export const deleteMessage: Method = { name: 'deleteMessage', flooded: true, run: removeOne }
export const deleteMessages: Method = { name: 'deleteMessages', flooded: true, run: removeMany }

function removeOne(call: Call): Answer {
  requireMessageId(call)
  const chat = openableChat(call)
  const message = chat.find(call.params.id('message_id'))
  if (message === null) throw badRequest('message to delete not found')
  requireYoung(call, message)
  chat.remove(message.id)
  return { result: true }
}

/** Those that are not there are passed over. */
function removeMany(call: Call): Answer {
  const ids = readIds(call.params)
  const chat = openableChat(call)
  const messages = ids.map((id) => chat.find(id)).filter((message) => message !== null)
  for (const message of messages) requireYoung(call, message)
  for (const { id } of messages) chat.remove(id)
  return { result: true }
}

function readIds(params: Params): number[] {
  const value = params.json('message_ids')
  if (value === undefined) throw badRequest('message identifiers are not specified')
  if (value instanceof Error) throw badRequest("can't parse message_ids JSON object")
  if (!Array.isArray(value)) throw badRequest('expected an Array of message identifiers')
  if (value.length > MAX_AT_ONCE) throw badRequest('too many message identifiers specified')
  const ids = value.map(Number)
  if (ids.some((id) => !Number.isInteger(id) || id < 1)) {
    throw badRequest('invalid message identifier specified')
  }
  return ids
}

function requireYoung({ world }: Call, { dateMs }: StoredMessage): void {
  const age = world.surroundings.clock.now() - dateMs
  if (age >= DELETABLE_MS) throw badRequest("message can't be deleted")
}
