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
