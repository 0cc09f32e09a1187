import { getChat, getMe, getUserProfilePhotos } from './account-methods.ts'
import type { Method } from './call.ts'
import { getFile } from './file-methods.ts'
import { getUpdates } from './get-updates.ts'
import { deleteMessage, editMessageText, sendChatAction, sendMessage } from './message-methods.ts'
import { deleteWebhook, getWebhookInfo, setWebhook } from './webhook-methods.ts'

const METHODS: readonly Method[] = [
  getMe,
  getChat,
  getUserProfilePhotos,
  getFile,
  sendMessage,
  editMessageText,
  deleteMessage,
  sendChatAction,
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
