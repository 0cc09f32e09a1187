import type { ChatFullInfo, ChatPhoto, UserFromGetMe, UserProfilePhotos } from '@grammyjs/types'
import type { StoredFile } from '../files/file-store.ts'
import { badRequest } from './bot-api-error.ts'
import type { Answer, Call, Method } from './call.ts'
import { readableChat } from './chat-access.ts'
import { photoSizes } from './media-fields.ts'
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
  const photo = call.world.findPhoto(user.id)
  const result: ChatFullInfo.PrivateChat = {
    ...privateChat(user),
    ...(user.username === null ? {} : { active_usernames: [user.username] }),
    ...(photo === null ? {} : { photo: chatPhoto(call.bot, photo) }),
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

function chatPhoto(bot: Call['bot'], file: StoredFile): ChatPhoto {
  const sizes = photoSizes(bot, file)
  const [small, big] = [sizes[0], sizes.at(-1)]
  return {
    small_file_id: small?.file_id ?? '',
    small_file_unique_id: small?.file_unique_id ?? '',
    big_file_id: big?.file_id ?? '',
    big_file_unique_id: big?.file_unique_id ?? '',
  }
}

function listProfilePhotos({ world, bot, params }: Call): Answer {
  if (!/^\d+$/.test(params.text('user_id'))) throw badRequest('invalid user_id specified')
  if (bot.findChat(params.id('user_id')) === null) throw badRequest('user not found')
  const file = world.findPhoto(params.id('user_id'))
  const photos = file === null ? [] : [photoSizes(bot, file)]
  const result: UserProfilePhotos = { total_count: photos.length, photos }
  return { result }
}
