export type TextEntity = {
  type: string
  offset: number
  length: number
  url?: string
  language?: string
  custom_emoji_id?: string
}

/** Small real files that the emulator brings along. */
export type SampleName = 'jpeg' | 'png' | 'webp' | 'gif' | 'ogg' | 'mp3' | 'mp4' | 'pdf'

/**
 * A file to send: a sample, bytes as base64 (within the longest JSON body), or one that was uploaded before.
 * What is not told is read from the bytes where it can be. A `size` larger than the bytes stands for a file too
 * large to make here: the bot is told of that size, and may download it as far as Telegram lets it.
 */
type FileSource = { sample?: SampleName; base64?: string; fileKey?: number }

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
