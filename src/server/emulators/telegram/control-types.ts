/**
 * Shapes of the control API, over HTTP and as methods. What Telegram names keeps Telegram's spelling;
 * everything else is ours. Times ending in Ms are milliseconds since 1970. A private chat has its user's id.
 */
export type TextEntity = {
  type: string
  offset: number
  length: number
  url?: string
  language?: string
  custom_emoji_id?: string
}

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

/** Small real files that the emulator brings along. */
export type SampleName = 'jpeg' | 'png' | 'webp' | 'gif' | 'ogg' | 'mp3' | 'mp4' | 'pdf'

/**
 * A file to send: a sample, bytes as base64 (within the longest JSON body), or one that was uploaded before.
 * What is not told is read from the bytes where it can be. A `size` larger than the bytes stands for a file too
 * large to make here: the bot is told of that size, and may download it as far as Telegram lets it.
 */
export type FileSource = { sample?: SampleName; base64?: string; fileKey?: number }
export type FileFacts = {
  name?: string
  mime?: string
  size?: number
  width?: number
  height?: number
  /** Seconds. */
  duration?: number
}
export type NewFile = FileSource & FileFacts
export type FileUpload = FileFacts & { bytes: Uint8Array }
export type FileAccount = {
  fileKey: number
  name: string | null
  mime: string
  size: number
  width: number
  height: number
  duration: number
}

export type MediaKind =
  | 'photo'
  | 'voice'
  | 'audio'
  | 'video'
  | 'video_note'
  | 'animation'
  | 'document'
  | 'sticker'
export type ContentKind = MediaKind | 'text' | 'location' | 'venue' | 'contact' | 'poll' | 'dice' | 'other'

/** Without a file, each kind has a sample of its own. */
export type NewMedia = { kind: MediaKind; file?: NewFile; caption?: string; emoji?: string }
export type NewContent =
  | { kind: 'text'; text: string }
  | NewMedia
  | { kind: 'location'; latitude: number; longitude: number }
  | { kind: 'venue'; latitude: number; longitude: number; title: string; address: string }
  | { kind: 'contact'; phone_number: string; first_name: string; last_name?: string; user_id?: number }
  | { kind: 'poll'; question: string; options: string[] }
  | { kind: 'dice'; emoji?: string; value?: number }
  /** Whatever `fields` says, in Telegram's spelling: kinds of message that nobody knows yet. */
  | { kind: 'other' }

/** `fields` are added to what the bot is told of the message, and win. `quote` is a part of the text replied to. */
export type NewMessage = NewContent & {
  replyToMessageId?: number
  quote?: string
  fields?: Record<string, unknown>
}

export type ChatMessage = {
  message_id: number
  from: 'user' | 'bot'
  kind: ContentKind
  dateMs: number
  /** The text, or the caption of a file. */
  text: string
  entities: TextEntity[]
  /** Its bytes are at `/control/files/<fileKey>`. */
  file: FileAccount | null
  /** Shared by the messages of an album. */
  albumId: string | null
  /** What is neither text nor file, in Telegram's spelling: `location`, `contact`, `poll`… */
  fields: Record<string, unknown>
  replyToMessageId: number | null
  quote: string | null
  edited: boolean
  editDateMs: number | null
  /** Emoji with which the user reacted. */
  reactions: string[]
  /** Emoji with which the bot reacted. */
  botReactions: string[]
}

/** `updateId` is null when the bot does not ask for updates of this kind. */
export type UserAction = { message: ChatMessage; updateId: number | null }
export type AlbumAction = { messages: ChatMessage[]; updateIds: Array<number | null> }
export type BlockAction = { chat: ChatSummary; updateId: number | null }

/**
 * What a chat's stream says, one JSON in each `data:` line. `ready` opens every stream and carries the
 * position from which it is live; `reset` says that the position asked for is gone: list the messages again.
 */
export type ChatEvent =
  | { type: 'ready' }
  | { type: 'reset' }
  | { type: 'message'; message: ChatMessage }
  | { type: 'message_edited'; message: ChatMessage }
  | { type: 'message_deleted'; message_id: number }
  | { type: 'reaction'; message: ChatMessage }
  | { type: 'blocked'; blocked: boolean }
  /** Ephemeral: has no position and is never replayed. */
  | { type: 'chat_action'; action: string }

export type ResponseParameters = { retry_after?: number; migrate_to_chat_id?: number }

export type FaultEffect =
  /** Answers with this error; the method does not run. */
  | { kind: 'status'; status: number; description: string; parameters?: ResponseParameters }
  /** Never answers; the method does not run. */
  | { kind: 'hang' }
  /** The connection is cut without an answer; the method does not run. */
  | { kind: 'drop-before' }
  /** The method runs, then the connection is cut without an answer; a download is cut in the middle. */
  | { kind: 'drop-after' }
  /** Answers with a page of HTML, as a proxy before Telegram would; the method does not run. */
  | { kind: 'not-json'; status: number }
  /** The method runs and is answered this much later. */
  | { kind: 'delay'; ms: number }

export type KnownErrorName =
  | 'too_many_requests'
  | 'blocked'
  | 'deactivated'
  | 'kicked'
  | 'cannot_initiate'
  | 'chat_not_found'
  | 'empty_text'
  | 'too_long'
  | 'caption_too_long'
  | 'cannot_parse'
  | 'not_modified'
  | 'edit_not_found'
  | 'cannot_edit'
  | 'delete_not_found'
  | 'cannot_delete'
  | 'reply_not_found'
  | 'react_not_found'
  | 'reaction_invalid'
  | 'migrated'
  | 'file_too_big'
  | 'wrong_file'
  | 'photo_invalid'
  | 'voice_forbidden'
  | 'unauthorized'
  | 'not_found'
  | 'method_not_found'
  | 'conflict'
  | 'too_large'
  | 'internal'
  | 'bad_gateway'
export type KnownError = {
  name: KnownErrorName
  status: number
  description: string
  parameters?: ResponseParameters
}
/** One of Telegram's own errors; `retry_after` stands in for the 5 seconds of `too_many_requests`. */
export type NamedFault = { kind: 'error'; error: KnownErrorName; retry_after?: number }

/** Applies to the next `times` (1 unless told) calls that match; what is not named matches all. */
export type NewFault = (FaultEffect | NamedFault) & {
  botId?: number
  chatId?: number
  method?: string
  times?: number
}
export type Fault = FaultEffect & {
  id: number
  botId: number | null
  chatId: number | null
  method: string | null
  remaining: number
}

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

export type ControlErrorBody = { error: { code: string; message: string } }
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
