import type { BotAccount, ChatSummary, UserAccount } from '../control-types.ts'
import type { Bot } from '../world/bot.ts'
import type { Chat } from '../world/chat.ts'
import { toChatMessage } from '../world/stored-message.ts'

export function botAccount(bot: Bot): BotAccount {
  return { id: bot.id, name: bot.name, username: bot.username }
}

export function userCopy(user: UserAccount): UserAccount {
  return { ...user }
}

export function chatSummary(bot: Bot, chat: Chat): ChatSummary {
  const last = chat.messages().at(-1)
  return {
    botId: bot.id,
    chatId: chat.id,
    user: userCopy(chat.user),
    blocked: chat.blocked,
    lastMessage: last === undefined ? null : toChatMessage(last),
  }
}
