import { getChat, getMe, getUserProfilePhotos } from './account-methods.ts'
import type { Method } from './call.ts'
import { answerCallbackQuery } from './callback-methods.ts'
import { deleteMessage, deleteMessages } from './delete-methods.ts'
import { editMessageCaption, editMessageText } from './edit-methods.ts'
import { getFile } from './file-methods.ts'
import { getUpdates } from './get-updates.ts'
import { sendMediaGroup } from './media-group.ts'
import * as media from './media-methods.ts'
import { sendChatAction, sendMessage } from './message-methods.ts'
import { setMessageReaction } from './reaction-method.ts'
import { deleteWebhook, getWebhookInfo, setWebhook } from './webhook-methods.ts'

const METHODS: readonly Method[] = [
  getMe,
  getChat,
  getUserProfilePhotos,
  getFile,
  sendMessage,
  ...Object.values(media),
  sendMediaGroup,
  editMessageText,
  editMessageCaption,
  deleteMessage,
  deleteMessages,
  setMessageReaction,
  sendChatAction,
  answerCallbackQuery,
  setWebhook,
  deleteWebhook,
  getWebhookInfo,
  getUpdates,
]

const BY_NAME = new Map(METHODS.map((method) => [method.name.toLowerCase(), method]))

/** Names are case-insensitive. */
export function findMethod(name: string): Method | null {
  return BY_NAME.get(name.toLowerCase()) ?? null
}
