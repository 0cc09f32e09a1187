import type { ChatFullInfo, UserFromGetMe, UserProfilePhotos } from '@grammyjs/types'
import { badRequest } from './bot-api-error.ts'
import type { Answer, Call, Method } from './call.ts'
import { readableChat } from './chat-access.ts'
import { botAsUser, privateChat } from './to-telegram.ts'

export const getMe: Method = { name: 'getMe', run: ({ bot }) => ({ result: me(bot) }) }

export const getChat: Method = { name: 'getChat', run: describeChat }

export const getUserProfilePhotos: Method = { name: 'getUserProfilePhotos', run: listProfilePhotos }

function me(bot: Call['bot']): UserFromGetMe {
  return {
    ...botAsUser(bot),
    is_bot: true,
    username: bot.username,
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
    can_manage_bots: false,
    supports_join_request_queries: false,
  }
}

function describeChat(call: Call): Answer {
  const { user } = readableChat(call)
  const result: ChatFullInfo.PrivateChat = {
    ...privateChat(user),
    ...(user.username === null ? {} : { active_usernames: [user.username] }),
    accent_color_id: Math.abs(user.id) % 7,
    max_reaction_count: 11,
    accepted_gift_types: {
      unlimited_gifts: true,
      limited_gifts: true,
      unique_gifts: true,
      premium_subscription: true,
      gifts_from_channels: true,
    },
  }
  return { result }
}

function listProfilePhotos({ bot, params }: Call): Answer {
  if (!/^\d+$/.test(params.text('user_id'))) throw badRequest('invalid user_id specified')
  if (bot.findChat(params.id('user_id')) === null) throw badRequest('user not found')
  const result: UserProfilePhotos = { total_count: 0, photos: [] }
  return { result }
}
