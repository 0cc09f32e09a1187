import type { EventStreams } from '../../event-streams.ts'
import type { ControlApi } from '../control-types.ts'
import { fileAccount } from '../files/file-store.ts'
import type { UserAction } from '../message-types.ts'
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
import { benchVerbs } from './bench-verbs.ts'
import { botAccount, chatSummary, userCopy } from './views.ts'

type ChatVerbs = Pick<
  ControlApi,
  'writeText' | 'write' | 'writeAlbum' | 'editText' | 'deleteMessage' | 'react' | 'setBlocked' | 'sendUpdate'
>
type FileVerbs = Pick<ControlApi, 'putFile' | 'readFile'>
type CastVerbs = Pick<
  ControlApi,
  | 'createBot'
  | 'listBots'
  | 'revokeToken'
  | 'createUser'
  | 'listUsers'
  | 'setProfilePhoto'
  | 'setDeactivated'
  | 'openChat'
>
type ReadVerbs = Pick<ControlApi, 'listChats' | 'getChat' | 'listMessages' | 'watchChat'>

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
    revokeToken({ botId, token }) {
      const bot = world.revokeToken(botId, token)
      return { ...botAccount(bot), token: bot.token }
    },
    setProfilePhoto({ userId, file }) {
      world.setPhoto(userId, file === null ? null : world.files.take(file))
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
    sendUpdate({ botId, kind, payload }) {
      const { updates } = world.getBot(botId)
      updates.queue.requireRoom()
      return { updateId: updates.emitAny(kind, payload) }
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
