import { invalidInput } from '../../control-error.ts'
import type { ControlApi, DeliverySettings } from '../control-types.ts'
import { readFault } from './fault-input.ts'
import type { Input } from './input.ts'
import { readNewFile, readNewMedia, readNewMessage } from './message-input.ts'

/** `ids` are the numbers in the path, in their order; `query` holds what stands behind the question mark. */
type RouteRequest = { ids: readonly number[]; query: Input; body: Input }
export type Route = {
  verb: string
  path: string
  run(control: ControlApi, request: RouteRequest): unknown
}

const CHAT = '/control/bots/#/chats/#'

/** The table of the control API over HTTP; `#` stands for a number. */
export const ROUTES: readonly Route[] = [
  { verb: 'GET', path: '/control/state', run: (control) => control.snapshot() },
  { verb: 'POST', path: '/control/reset', run: (control) => control.reset() },
  { verb: 'GET', path: '/control/bots', run: (control) => ({ bots: control.listBots() }) },
  { verb: 'POST', path: '/control/bots', run: createBot },
  { verb: 'POST', path: '/control/bots/#/token', run: revokeToken },
  { verb: 'POST', path: '/control/bots/#/updates', run: sendUpdate },
  { verb: 'GET', path: '/control/users', run: (control) => ({ users: control.listUsers() }) },
  { verb: 'POST', path: '/control/users', run: createUser },
  { verb: 'PATCH', path: '/control/users/#', run: updateUser },
  { verb: 'PUT', path: '/control/users/#/photo', run: setPhoto },
  { verb: 'DELETE', path: '/control/users/#/photo', run: clearPhoto },
  { verb: 'GET', path: '/control/bots/#/chats', run: listChats },
  { verb: 'POST', path: '/control/bots/#/chats', run: openChat },
  { verb: 'GET', path: CHAT, run: (control, request) => control.getChat(chatOf(request)) },
  { verb: 'PATCH', path: CHAT, run: updateChat },
  { verb: 'GET', path: `${CHAT}/messages`, run: listMessages },
  { verb: 'POST', path: `${CHAT}/messages`, run: write },
  { verb: 'POST', path: `${CHAT}/albums`, run: writeAlbum },
  { verb: 'PATCH', path: `${CHAT}/messages/#`, run: editText },
  { verb: 'DELETE', path: `${CHAT}/messages/#`, run: deleteMessage },
  { verb: 'PUT', path: `${CHAT}/messages/#/reaction`, run: react },
  { verb: 'PATCH', path: '/control/bots/#/delivery', run: updateDelivery },
  { verb: 'POST', path: '/control/bots/#/updates/#/redeliver', run: redeliver },
  { verb: 'GET', path: '/control/calls', run: listCalls },
  { verb: 'DELETE', path: '/control/calls', run: (control) => control.clearCalls() },
  { verb: 'GET', path: '/control/faults', run: (control) => ({ faults: control.listFaults() }) },
  { verb: 'POST', path: '/control/faults', run: (control, { body }) => control.setFault(readFault(body)) },
  { verb: 'DELETE', path: '/control/faults', run: (control) => control.clearFaults() },
  { verb: 'GET', path: '/control/errors', run: (control) => ({ errors: control.listKnownErrors() }) },
  {
    verb: 'POST',
    path: '/control/clock',
    run: (control, { body }) => control.advanceClock(body.integer('advanceMs')),
  },
  {
    verb: 'PUT',
    path: '/control/flood-limits',
    run: (control, { body }) => control.setFloodLimits(body.flag('enabled')),
  },
]

function createBot(control: ControlApi, { body }: RouteRequest) {
  return control.createBot({
    id: body.optionalInteger('id'),
    token: body.optionalText('token'),
    name: body.text('name'),
    username: body.text('username'),
    firstUpdateId: body.optionalInteger('firstUpdateId'),
    firstMessageId: body.optionalInteger('firstMessageId'),
  })
}

function revokeToken(control: ControlApi, { ids: [botId = 0], body }: RouteRequest) {
  return control.revokeToken({ botId, token: body.optionalText('token') })
}

function sendUpdate(control: ControlApi, { ids: [botId = 0], body }: RouteRequest) {
  const payload = body.optionalRecord('payload') ?? {}
  return control.sendUpdate({ botId, kind: body.text('kind'), payload })
}

function setPhoto(control: ControlApi, { ids: [userId = 0], body }: RouteRequest) {
  return control.setProfilePhoto({ userId, file: readNewFile(body) })
}

function clearPhoto(control: ControlApi, { ids: [userId = 0] }: RouteRequest) {
  return control.setProfilePhoto({ userId, file: null })
}

function createUser(control: ControlApi, { body }: RouteRequest) {
  return control.createUser({
    id: body.optionalInteger('id'),
    first_name: body.text('first_name'),
    last_name: body.optionalText('last_name'),
    username: body.optionalText('username'),
    language_code: body.optionalText('language_code'),
  })
}

function updateUser(control: ControlApi, { ids: [userId = 0], body }: RouteRequest) {
  return control.setDeactivated({ userId, deactivated: body.flag('deactivated') })
}

function listChats(control: ControlApi, { ids: [botId = 0] }: RouteRequest) {
  return { chats: control.listChats(botId) }
}

function openChat(control: ControlApi, { ids: [botId = 0], body }: RouteRequest) {
  return control.openChat({ botId, userId: body.integer('userId') })
}

function updateChat(control: ControlApi, request: RouteRequest) {
  return control.setBlocked({ ...chatOf(request), blocked: request.body.flag('blocked') })
}

function listMessages(control: ControlApi, request: RouteRequest) {
  const after = request.query.optionalInteger('after')
  const limit = request.query.optionalInteger('limit')
  return { messages: control.listMessages({ ...chatOf(request), after, limit }) }
}

function write(control: ControlApi, request: RouteRequest) {
  return control.write({ ...chatOf(request), message: readNewMessage(request.body) })
}

function writeAlbum(control: ControlApi, request: RouteRequest) {
  const replyToMessageId = request.body.optionalInteger('replyToMessageId')
  const items = request.body.inputs('items').map(readNewMedia)
  return control.writeAlbum({ ...chatOf(request), items, replyToMessageId })
}

function deleteMessage(control: ControlApi, request: RouteRequest) {
  const [, , messageId = 0] = request.ids
  return control.deleteMessage({ ...chatOf(request), messageId })
}

function editText(control: ControlApi, request: RouteRequest) {
  const [, , messageId = 0] = request.ids
  return control.editText({ ...chatOf(request), messageId, text: request.body.text('text') })
}

function react(control: ControlApi, request: RouteRequest) {
  const [, , messageId = 0] = request.ids
  return control.react({ ...chatOf(request), messageId, emoji: request.body.texts('emoji') })
}

function updateDelivery(control: ControlApi, { ids: [botId = 0], body }: RouteRequest) {
  return control.setDelivery({
    botId,
    paused: body.optionalFlag('paused'),
    latencyMs: body.optionalInteger('latencyMs'),
    copies: body.optionalInteger('copies'),
    order: readOrder(body),
  })
}

function readOrder(body: Input): DeliverySettings['order'] | undefined {
  const order = body.optionalText('order')
  if (order === undefined || order === 'telegram' || order === 'reversed' || order === 'shuffled')
    return order
  throw invalidInput('order must be telegram, reversed or shuffled')
}

async function redeliver(control: ControlApi, { ids: [botId = 0, updateId = 0], body }: RouteRequest) {
  return { statuses: await control.redeliver({ botId, updateId, copies: body.integer('copies') }) }
}

function listCalls(control: ControlApi, { query }: RouteRequest) {
  return control.listCalls({
    botId: query.optionalInteger('botId'),
    chatId: query.optionalInteger('chatId'),
    method: query.optionalText('method'),
  })
}

function chatOf({ ids: [botId = 0, chatId = 0] }: RouteRequest): { botId: number; chatId: number } {
  return { botId, chatId }
}
