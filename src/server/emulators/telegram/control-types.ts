import type { Fault, KnownError, NewFault } from './fault-types.ts'
import type {
  AlbumAction,
  ChatEvent,
  ChatMessage,
  FileAccount,
  FileUpload,
  NewFile,
  NewMedia,
  NewMessage,
  UserAction,
} from './message-types.ts'

/**
 * Shapes of the control API, over HTTP and as methods. What Telegram names keeps Telegram's spelling;
 * everything else is ours. Times ending in Ms are milliseconds since 1970. A private chat has its user's id.
 */
export type NewBot = {
  id?: number
  token?: string
  name: string
  username: string
  /** Where numbering starts; by default it follows the clock, so that a restart never repeats an id. */
  firstUpdateId?: number
  firstMessageId?: number
}

export type BotAccount = { id: number; name: string; username: string }

export type CreatedBot = BotAccount & { token: string }

export type NewUser = {
  id?: number
  first_name: string
  last_name?: string
  username?: string
  language_code?: string
}

export type UserAccount = {
  id: number
  first_name: string
  last_name: string | null
  username: string | null
  language_code: string | null
  deactivated: boolean
}

export type ChatSummary = {
  botId: number
  chatId: number
  user: UserAccount
  blocked: boolean
  lastMessage: ChatMessage | null
}

export type BlockAction = { chat: ChatSummary; updateId: number | null }

/** An uploaded file; `field` is its name in the form. */
export type RecordedFile = { field: string; name: string; mime: string; size: number }

/** Downloads of `/file/bot<token>/<path>` are recorded, and struck by faults, as the method `downloadFile`. */
export type RecordedCall = {
  atMs: number
  botId: number | null
  method: string
  /** As received, each value as text; tokens and secrets are redacted. */
  params: Record<string, string>
  files: RecordedFile[]
  /** Null while unanswered, and for ever when a fault left it so. */
  status: number | null
  description: string | null
}

export type CallFilter = { botId?: number; chatId?: number; method?: string }

export type CallPage = { calls: RecordedCall[]; dropped: number }

/**
 * How updates reach the bot's webhook. `copies` posts each update that many times at once. Orders other than
 * Telegram's hold for updates from then on: `reversed` posts one at a time, the newest of those that wait
 * first; `shuffled` posts at random, as many at once as the webhook takes.
 */
export type DeliverySettings = {
  paused: boolean
  latencyMs: number
  copies: number
  order: 'telegram' | 'reversed' | 'shuffled'
}

export type BotState = BotAccount & {
  webhookUrl: string | null
  pendingUpdates: number
  lastErrorMessage: string | null
  delivery: DeliverySettings
  chats: number
}

export type EmulatorState = {
  nowMs: number
  bots: BotState[]
  users: number
  faults: Fault[]
  floodLimits: boolean
  calls: number
  droppedCalls: number
  streams: number
}

export type ChatRef = { botId: number; chatId: number }

export type ControlApi = {
  createBot(input: NewBot): CreatedBot
  listBots(): BotAccount[]
  createUser(input: NewUser): UserAccount
  listUsers(): UserAccount[]
  /** A new token; the old one is answered with 401 from now on, and its webhook is gone. Updates wait. */
  revokeToken(input: { botId: number; token?: string }): CreatedBot
  setProfilePhoto(input: { userId: number; file: NewFile | null }): void
  setDeactivated(input: { userId: number; deactivated: boolean }): UserAccount
  openChat(input: { botId: number; userId: number }): ChatSummary
  listChats(botId: number): ChatSummary[]
  getChat(input: ChatRef): ChatSummary
  listMessages(input: ChatRef & { after?: number; limit?: number }): ChatMessage[]
  /** As the stream over HTTP: what followed `lastEventId`, then everything live; the result unsubscribes. */
  watchChat(
    input: ChatRef & { lastEventId?: string },
    listener: (event: ChatEvent, id: string | null) => void,
  ): () => void
  /** Keeps a file for messages to come, within Telegram's bound for uploads. */
  putFile(upload: FileUpload): FileAccount
  readFile(fileKey: number): { file: FileAccount; bytes: Uint8Array }
  writeText(input: ChatRef & { text: string; replyToMessageId?: number }): UserAction
  write(input: ChatRef & { message: NewMessage }): UserAction
  /** Two to ten files as one album: a message and an update each. */
  writeAlbum(input: ChatRef & { items: NewMedia[]; replyToMessageId?: number }): AlbumAction
  /** Changes the text, or the caption of a file. */
  editText(input: ChatRef & { messageId: number; text: string }): UserAction
  /** The user takes a message away. Telegram tells the bot nothing of it. */
  deleteMessage(input: ChatRef & { messageId: number }): void
  /** Each an emoji, or `custom:<id>` for one of Telegram's own drawings. */
  react(input: ChatRef & { messageId: number; emoji: string[] }): UserAction
  setBlocked(input: ChatRef & { blocked: boolean }): BlockAction
  /** An update of any kind, also one that nobody knows; null when the bot does not ask for its kind. */
  sendUpdate(input: { botId: number; kind: string; payload: object }): { updateId: number | null }
  listCalls(filter?: CallFilter): CallPage
  clearCalls(): void
  setFault(fault: NewFault): Fault
  listFaults(): Fault[]
  clearFaults(): void
  listKnownErrors(): KnownError[]
  setDelivery(input: { botId: number } & Partial<DeliverySettings>): DeliverySettings
  /** Posts a recent update again, `copies` times at once; answers the HTTP statuses, null for no answer. */
  redeliver(input: { botId: number; updateId: number; copies: number }): Promise<Array<number | null>>
  setFloodLimits(enabled: boolean): void
  /** Travels forward: what was to happen in that time happens at once. */
  advanceClock(ms: number): { nowMs: number }
  snapshot(): EmulatorState
  reset(): void
}
