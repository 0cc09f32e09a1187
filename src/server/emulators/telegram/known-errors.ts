import type { KnownError, KnownErrorName } from './fault-types.ts'

export const NOT_MODIFIED =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message'
const OTHER_POLLER =
  'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running'
const RETRY_AFTER_SECONDS = 5
/** What a group becomes is a chat with another id. */
const SUPERGROUP_ID = -1_001_000_000_001

const badRequest = (reason: string) => ({ status: 400, description: `Bad Request: ${reason}` })
const forbidden = (reason: string) => ({ status: 403, description: `Forbidden: ${reason}` })

/** The errors that are worth coding for, in Telegram's own words. */
export const KNOWN_ERRORS: Readonly<Record<KnownErrorName, Omit<KnownError, 'name'>>> = {
  too_many_requests: {
    status: 429,
    description: `Too Many Requests: retry after ${RETRY_AFTER_SECONDS}`,
    parameters: { retry_after: RETRY_AFTER_SECONDS },
  },
  blocked: forbidden('bot was blocked by the user'),
  deactivated: forbidden('user is deactivated'),
  kicked: forbidden('bot was kicked from the group chat'),
  cannot_initiate: forbidden("bot can't initiate conversation with a user"),
  chat_not_found: badRequest('chat not found'),
  empty_text: badRequest('message text is empty'),
  too_long: badRequest('message is too long'),
  caption_too_long: badRequest('message caption is too long'),
  cannot_parse: badRequest('can\'t parse entities: Unsupported start tag "x" at byte offset 0'),
  not_modified: badRequest(NOT_MODIFIED),
  edit_not_found: badRequest('message to edit not found'),
  cannot_edit: badRequest("message can't be edited"),
  delete_not_found: badRequest('message to delete not found'),
  cannot_delete: badRequest("message can't be deleted"),
  reply_not_found: badRequest('message to be replied not found'),
  react_not_found: badRequest('message to react not found'),
  reaction_invalid: badRequest('REACTION_INVALID'),
  migrated: {
    ...badRequest('group chat was upgraded to a supergroup chat'),
    parameters: { migrate_to_chat_id: SUPERGROUP_ID },
  },
  file_too_big: badRequest('file is too big'),
  wrong_file: badRequest('wrong file_id or the file is temporarily unavailable'),
  photo_invalid: badRequest('PHOTO_INVALID_DIMENSIONS'),
  voice_forbidden: badRequest('VOICE_MESSAGES_FORBIDDEN'),
  unauthorized: { status: 401, description: 'Unauthorized' },
  not_found: { status: 404, description: 'Not Found' },
  method_not_found: { status: 404, description: 'Not Found: method not found' },
  conflict: { status: 409, description: OTHER_POLLER },
  too_large: { status: 413, description: 'Request Entity Too Large' },
  internal: { status: 500, description: 'Internal Server Error: restart' },
  bad_gateway: { status: 502, description: 'Bad Gateway' },
}

export function listKnownErrors(): KnownError[] {
  return Object.entries(KNOWN_ERRORS).map(([name, error]) => ({ ...error, name: name as KnownErrorName }))
}
