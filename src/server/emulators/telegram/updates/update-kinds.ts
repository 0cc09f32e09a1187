import type { Update } from '@grammyjs/types'

export type UpdateKind = Exclude<keyof Update, 'update_id'>

const KNOWN_KINDS = {
  message: true,
  edited_message: true,
  channel_post: true,
  edited_channel_post: true,
  inline_query: true,
  chosen_inline_result: true,
  callback_query: true,
  shipping_query: true,
  pre_checkout_query: true,
  poll: true,
  poll_answer: true,
  my_chat_member: true,
  chat_member: false,
  chat_join_request: true,
  chat_boost: true,
  removed_chat_boost: true,
  message_reaction: false,
  message_reaction_count: false,
  business_connection: true,
  business_message: true,
  edited_business_message: true,
  deleted_business_messages: true,
  purchased_paid_media: true,
  guest_message: true,
  stopped_message_generation: true,
  managed_bot: true,
  subscription: true,
} satisfies Record<UpdateKind, boolean>

const ALL = new Map<string, boolean>(Object.entries(KNOWN_KINDS))

/** All kinds but those that a bot must ask for by name. */
export const DEFAULT_KINDS: ReadonlySet<string> = new Set(
  [...ALL].filter(([, isDefault]) => isDefault).map(([kind]) => kind),
)

export function isKnownKind(kind: string): kind is UpdateKind {
  return ALL.has(kind)
}

/** The kinds asked for, or null where the parameter changes nothing. */
export function readAllowedUpdates(parameter: string): ReadonlySet<string> | null {
  const asked = parseArray(parameter)
  if (asked === null) return null
  const kinds = new Set(asked.map((kind) => String(kind).toLowerCase()).filter((kind) => ALL.has(kind)))
  return kinds.size === 0 ? DEFAULT_KINDS : kinds
}

function parseArray(json: string): unknown[] | null {
  try {
    const value: unknown = JSON.parse(json)
    return Array.isArray(value) ? value : null
  } catch {
    return null
  }
}
