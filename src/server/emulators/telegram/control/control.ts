import type { ControlApi, DeliverySettings, NewFault, UserAction } from '../control-types.ts'
import { fileAccount } from '../files/file-store.ts'
import type { EmulatorLimits } from '../limits.ts'
import {
  type Acting,
  blockBot,
  deleteOwnMessage,
  editMessage,
  reactToMessage,
  writeAlbum,
  writeMessage,
} from '../world/customer-actions.ts'
import { draftOf } from '../world/customer-content.ts'
import { type StoredMessage, toChatMessage } from '../world/stored-message.ts'
import type { World } from '../world/world.ts'
import { ControlError, invalidInput } from './control-error.ts'
import type { EventStreams } from './event-streams.ts'
import { snapshot } from './snapshot.ts'
import { botAccount, chatSummary, userCopy } from './views.ts'

type ChatVerbs = Pick<
  ControlApi,
  'writeText' | 'write' | 'writeAlbum' | 'editText' | 'deleteMessage' | 'react' | 'setBlocked'
>
type FileVerbs = Pick<ControlApi, 'putFile' | 'readFile'>
type CastVerbs = Pick<
  ControlApi,
  'createBot' | 'listBots' | 'createUser' | 'listUsers' | 'setDeactivated' | 'openChat'
>
type ReadVerbs = Pick<ControlApi, 'listChats' | 'getChat' | 'listMessages' | 'watchChat'>
type BenchVerbs = Omit<ControlApi, keyof ChatVerbs | keyof CastVerbs | keyof ReadVerbs | keyof FileVerbs>

/** The control API as methods on the world. */
export function createControl(world: World, streams: EventStreams): ControlApi {
  return {
    ...castVerbs(world),
    ...readVerbs(world),
    ...fileVerbs(world),
    ...chatVerbs(world),
    ...benchVerbs(world, streams),
  }
}

function castVerbs(world: World): CastVerbs {
  return {
    createBot(input) {
      const bot = world.putBot(input)
      return { ...botAccount(bot), token: bot.token }
    },
    listBots: () => world.bots().map(botAccount),
    createUser: (input) => userCopy(world.putUser(input)),
    listUsers: () => world.users().map(userCopy),
    setDeactivated({ userId, deactivated }) {
      const user = world.getUser(userId)
      user.deactivated = deactivated
      return userCopy(user)
    },
    openChat({ botId, userId }) {
      const bot = world.getBot(botId)
      return chatSummary(bot, bot.openChat(world.getUser(userId)))
    },
  }
}

function readVerbs(world: World): ReadVerbs {
  return {
    listChats(botId) {
      const bot = world.getBot(botId)
      return bot.chats().map((chat) => chatSummary(bot, chat))
    },
    getChat: (ref) => chatSummary(world.getBot(ref.botId), world.getChat(ref)),
    listMessages({ after = 0, limit = world.surroundings.limits.maxPageSize, ...ref }) {
      const newer = world
        .getChat(ref)
        .messages()
        .filter((message) => message.id > after)
      const size = Math.min(limit, world.surroundings.limits.maxPageSize)
      const page = after === 0 ? newer.slice(-size) : newer.slice(0, size)
      return page.map(toChatMessage)
    },
    watchChat({ lastEventId = null, ...ref }, listener) {
      return world.getChat(ref).events.subscribe(lastEventId, ({ id, event }) => listener(event, id))
    },
  }
}

function chatVerbs(world: World): ChatVerbs {
  const acting = ({ botId, chatId }: { botId: number; chatId: number }): Acting => {
    const bot = world.getBot(botId)
    const chat = bot.openChat(world.getUser(chatId))
    return { bot, chat, nowMs: world.surroundings.clock.now() }
  }
  return {
    writeText({ text, replyToMessageId, ...ref }) {
      return told(writeMessage(acting(ref), draftOf(world.files, { kind: 'text', text, replyToMessageId })))
    },
    write: ({ message, ...ref }) => told(writeMessage(acting(ref), draftOf(world.files, message))),
    writeAlbum({ items, replyToMessageId, ...ref }) {
      const drafts = items.map((item) => draftOf(world.files, { ...item, replyToMessageId }))
      const written = writeAlbum(acting(ref), drafts).map(told)
      return {
        messages: written.map(({ message }) => message),
        updateIds: written.map(({ updateId }) => updateId),
      }
    },
    editText: ({ messageId, text, ...ref }) => told(editMessage(acting(ref), { messageId, text })),
    deleteMessage: ({ messageId, ...ref }) => deleteOwnMessage(acting(ref), messageId),
    react({ messageId, emoji, ...ref }) {
      return told(reactToMessage(acting(ref), { messageId, emoji }))
    },
    setBlocked({ blocked, ...ref }) {
      const who = acting(ref)
      const { updateId } = blockBot(who, blocked)
      return { chat: chatSummary(who.bot, who.chat), updateId }
    },
  }
}

function fileVerbs({ files }: World): FileVerbs {
  return {
    putFile: ({ bytes, ...facts }) => fileAccount(files.put(Buffer.from(bytes), facts)),
    readFile(fileKey) {
      const { file, bytes } = files.get(fileKey)
      return { file: fileAccount(file), bytes }
    },
  }
}

function told({ message, updateId }: { message: StoredMessage; updateId: number | null }): UserAction {
  return { message: toChatMessage(message), updateId }
}

function benchVerbs(world: World, streams: EventStreams): BenchVerbs {
  const { limits } = world.surroundings
  return {
    listCalls: (filter) => world.calls.list(filter),
    clearCalls: () => world.calls.clear(),
    setFault: (fault) => world.faults.add(checkedFault(fault)),
    listFaults: () => world.faults.list(),
    clearFaults: () => world.faults.clear(),
    setDelivery({ botId, ...settings }) {
      const { updates } = world.getBot(botId)
      updates.applySettings(checkedDelivery(settings, limits))
      return { ...updates.settings }
    },
    async redeliver({ botId, updateId, copies }) {
      checkCopies(copies, limits)
      const statuses = await world.getBot(botId).updates.redeliver(updateId, copies)
      if (statuses === null) throw new ControlError(409, 'conflict', 'no such recent update, or no webhook')
      return statuses
    },
    setFloodLimits(enabled) {
      world.flood.enabled = enabled
    },
    snapshot: () => snapshot(world, streams.size),
    reset() {
      world.reset()
      streams.endAll()
    },
  }
}

function checkedFault(fault: NewFault): NewFault {
  const { times = 1 } = fault
  if (!Number.isInteger(times) || times < 1) throw invalidInput('times must be a positive whole number')
  if (fault.kind === 'delay' && !(fault.ms >= 0)) throw invalidInput('ms must not be negative')
  if (fault.kind !== 'status') return fault
  if (!Number.isInteger(fault.status) || fault.status < 400 || fault.status > 599) {
    throw invalidInput('status must be an HTTP error status')
  }
  return fault
}

function checkedDelivery(
  { paused, latencyMs, copies }: Partial<DeliverySettings>,
  limits: EmulatorLimits,
): Partial<DeliverySettings> {
  if (latencyMs !== undefined && !(latencyMs >= 0)) throw invalidInput('latencyMs must not be negative')
  if (copies !== undefined) checkCopies(copies, limits)
  return {
    ...(paused === undefined ? {} : { paused }),
    ...(latencyMs === undefined ? {} : { latencyMs }),
    ...(copies === undefined ? {} : { copies }),
  }
}

function checkCopies(copies: number, { maxCopies }: EmulatorLimits): void {
  if (!Number.isInteger(copies) || copies < 1 || copies > maxCopies) {
    throw invalidInput(`copies must be from 1 to ${maxCopies}`)
  }
}
