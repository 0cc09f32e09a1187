import { ConversationStatus } from './conversation.ts'
import { Source } from './customer.ts'
import { MessageType } from './message.ts'

type Order<K extends string> = { by: K; isDescending: boolean }

export const CONVERSATION_ORDERS = ['created_at', 'updated_at', 'title', 'status', 'priority'] as const
export const CUSTOMER_ORDERS = ['created_at', 'updated_at', 'first_name'] as const

/** Which conversations a legacy list shows. Instants are ISO 8601. */
export interface ConversationFilter {
  /** Leaves out what was created later, so that pages read one after another do not shift. */
  asOf?: string
  search?: string
  /** Looks for `search` in titles alone. */
  isTitleSearch?: boolean
  status?: ConversationStatus
  source?: Source
  priority?: number
  tags?: string[]
  isActive?: boolean
  isUnread?: boolean
  createdFrom?: string
  createdTo?: string
  createdAt?: string
  updatedAt?: string
  order: Order<(typeof CONVERSATION_ORDERS)[number]>
}

/** Which customers a legacy list shows. */
export interface CustomerFilter {
  /** Leaves out what was created later, so that pages read one after another do not shift. */
  asOf?: string
  search?: string
  /** Where `search` is looked for: the socket's fields or REST's. */
  searchIn?: 'socket' | 'rest'
  source?: Source
  tags?: string[]
  tagIds?: number[]
  email?: string
  hasEmail?: boolean
  hasPhone?: boolean
  hasUnread?: boolean
  conversationStatus?: ConversationStatus
  createdFrom?: string
  createdTo?: string
  updatedFrom?: string
  updatedTo?: string
  createdAt?: string
  updatedAt?: string
  order: Order<(typeof CUSTOMER_ORDERS)[number]>
}

/** Which messages REST's `user-messages` shows. */
export interface MessageFilter {
  /** Leaves out what was created later, so that pages read one after another do not shift. */
  asOf?: string
  search?: string
  conversationId?: string
  type?: MessageType
  isAnswered?: boolean
  isAiResponse?: boolean
  createdAt?: string
  isDescending: boolean
}

type Keys = Record<string, unknown>

/** A value that no row can have: the legacy answer to it is an empty page, not an error. */
class Unusable extends Error {}

/** The filters of a frame on `/ws/conversations/`; null where one of them can match nothing. */
export const parseConversationFilter = (given: object): ConversationFilter | null =>
  orNull(() => {
    const keys = given as Keys
    return {
      search: textOf(keys.search),
      status: oneOf(ConversationStatus.options, keys.status),
      source: oneOf(Source.options, keys.source),
      priority: numberOf(keys.priority),
      tags: namesOf(keys.tags),
      createdFrom: instantOf(keys.date_from),
      createdTo: instantOf(keys.date_to),
      isUnread: isTruthy(keys.unread_only) || undefined,
      order: orderOf(CONVERSATION_ORDERS, keys.order_by) ?? { by: 'updated_at', isDescending: true },
    }
  })

/** The filters of a frame on `/ws/customers/`; null where one of them can match nothing. */
export const parseCustomerFilter = (given: object): CustomerFilter | null =>
  orNull(() => {
    const keys = given as Keys
    return {
      search: textOf(keys.search),
      source: oneOf(Source.options, keys.source),
      tags: namesOf(keys.tags),
      tagIds: idsOf(keys.tag_ids),
      hasEmail: flagOf(keys.has_email),
      hasPhone: flagOf(keys.has_phone),
      hasUnread: flagOf(keys.has_unread),
      conversationStatus: oneOf(ConversationStatus.options, keys.conversation_status),
      createdFrom: instantOf(keys.date_from),
      createdTo: instantOf(keys.date_to),
      updatedFrom: instantOf(keys.last_activity_from),
      updatedTo: instantOf(keys.last_activity_to),
      order: orderOf(CUSTOMER_ORDERS, keys.order_by) ?? { by: 'created_at', isDescending: true },
    }
  })

/** The query of REST's `user-conversation-full`. */
export const parseConversationQuery = (given: object): ConversationFilter | null =>
  orNull(() => {
    const keys = given as Keys
    const orders = ['created_at', 'updated_at', 'priority'] as const
    return {
      search: textOf(keys.search),
      isTitleSearch: true,
      status: oneOf(ConversationStatus.options, keys.status),
      source: oneOf(Source.options, keys.source),
      priority: numberOf(keys.priority),
      isActive: flagOf(keys.is_active),
      createdAt: instantOf(keys.created_at),
      updatedAt: instantOf(keys.updated_at),
      asOf: instantOf(keys.as_of),
      order: orderOf(orders, keys.ordering) ?? { by: 'updated_at', isDescending: true },
    }
  })

/** The query of REST's `customers`, and of the bulk verbs without ids. */
export const parseCustomerQuery = (given: object): CustomerFilter | null =>
  orNull(() => {
    const keys = given as Keys
    const orders = ['created_at', 'updated_at'] as const
    const tag = textOf(keys.tag__name)
    return {
      search: textOf(keys.search),
      searchIn: 'rest',
      source: oneOf(Source.options, keys.source),
      email: textOf(keys.email),
      tags: tag === undefined ? undefined : [tag],
      createdAt: instantOf(keys.created_at),
      updatedAt: instantOf(keys.updated_at),
      asOf: instantOf(keys.as_of),
      order: orderOf(orders, keys.ordering) ?? { by: 'created_at', isDescending: true },
    }
  })

/** The query of REST's `user-messages`. */
export const parseMessageQuery = (given: object): MessageFilter | null =>
  orNull(() => {
    const keys = given as Keys
    return {
      search: textOf(keys.search),
      conversationId: textOf(keys.conversation),
      type: oneOf(MessageType.options, keys.type),
      isAnswered: flagOf(keys.is_answered),
      isAiResponse: flagOf(keys.is_ai_response),
      createdAt: instantOf(keys.created_at),
      asOf: instantOf(keys.as_of),
      isDescending: (orderOf(['created_at'], keys.ordering) ?? { isDescending: true }).isDescending,
    }
  })

function orNull<T>(parse: () => T): T | null {
  try {
    return parse()
  } catch (error) {
    if (error instanceof Unusable) return null
    throw error
  }
}

const isAbsent = (value: unknown) => value === undefined || value === null || value === '' || value === 'all'

const textOf = (value: unknown): string | undefined => {
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value !== 'string' || value.includes('\u0000')) throw new Unusable()
  return value
}

const oneOf = <T extends string>(options: readonly T[], value: unknown): T | undefined => {
  if (isAbsent(value)) return undefined
  const found = options.find((option) => option === value)
  if (!found) throw new Unusable()
  return found
}

const numberOf = (value: unknown): number | undefined => {
  if (isAbsent(value)) return undefined
  const number = typeof value === 'string' && /^\d{1,5}$/.test(value) ? Number(value) : value
  if (typeof number !== 'number' || !Number.isInteger(number) || Math.abs(number) > 32_767)
    throw new Unusable()
  return number
}

/** Names or ids in one list; beyond it the rest could not be told apart by anybody. */
const MAX_LISTED = 100

const namesOf = (value: unknown): string[] | undefined => {
  if (isAbsent(value)) return undefined
  const names = Array.isArray(value) ? value : [value]
  if (names.length === 0) return undefined
  if (names.length > MAX_LISTED) throw new Unusable()
  return names.map((name) => textOf(name) ?? '')
}

const idsOf = (value: unknown): number[] | undefined => {
  if (isAbsent(value)) return undefined
  const given: unknown[] = Array.isArray(value) ? value : [value]
  if (given.length === 0) return undefined
  if (given.length > MAX_LISTED) throw new Unusable()
  return given.map((one) => {
    const id = typeof one === 'string' && /^\d{1,10}$/.test(one) ? Number(one) : one
    if (typeof id !== 'number' || !Number.isInteger(id) || Math.abs(id) >= 2 ** 31) throw new Unusable()
    return id
  })
}

const TRUE: unknown[] = [true, 1, 'true', 'True', '1']
const FALSE: unknown[] = [false, 0, 'false', 'False', '0']

const flagOf = (value: unknown): boolean | undefined => {
  if (TRUE.includes(value)) return true
  return FALSE.includes(value) ? false : undefined
}

const isTruthy = (value: unknown) => Boolean(value) && !FALSE.includes(value)

const ISO = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:?\d\d)?)?$/

const EARLIEST = Date.parse('0001-01-01T00:00:00Z')
const LATEST = Date.parse('9999-12-31T23:59:59.999Z')

const instantOf = (value: unknown): string | undefined => {
  if (isAbsent(value)) return undefined
  if (typeof value !== 'string' || !ISO.test(value)) throw new Unusable()
  const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(value) || !value.includes(':') ? value : `${value}Z`
  const at = Date.parse(zoned.replace(' ', 'T'))
  // The store has no year 0 and none of five digits, which a time zone may lead to.
  if (Number.isNaN(at) || at < EARLIEST || at > LATEST) throw new Unusable()
  return new Date(at).toISOString()
}

function orderOf<K extends string>(keys: readonly K[], value: unknown): Order<K> | undefined {
  if (typeof value !== 'string') return undefined
  const by = keys.find((key) => value === key || value === `-${key}`)
  return by && { by, isDescending: value.startsWith('-') }
}
