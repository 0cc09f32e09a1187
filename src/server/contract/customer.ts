import { z } from 'zod'
import { IntId } from './ids.ts'
import { storableText } from './text.ts'

export const Source = z.enum(['unknown', 'telegram', 'instagram', 'website'])
export type Source = z.infer<typeof Source>

/** Instants are UTC ISO 8601 with milliseconds and `Z`. */
export const Instant = z.iso.datetime({ precision: 3 })

export const Tag = z.object({ id: IntId, name: z.string() })
export type Tag = z.infer<typeof Tag>

/** The person who writes from a platform. Every text may be missing: platforms promise none. */
export const Customer = z.object({
  id: IntId,
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  username: z.string().nullable(),
  email: z.string().nullable(),
  phoneNumber: z.string().nullable(),
  description: z.string().nullable(),
  bio: z.string().nullable(),
  source: Source,
  sourceId: z.string().nullable(),
  profilePicture: z.string().nullable(),
  createdAt: Instant,
  updatedAt: Instant,
  /** Set once they were erased: nothing is known of them any more. */
  erasedAt: Instant.optional(),
  /** Why nothing reaches them, such as that they blocked the bot; missing where nothing is known against it. */
  unreachable: z.string().optional(),
  tags: z.array(Tag),
})
export type Customer = z.infer<typeof Customer>

/** Most tags of one customer, and most that one call makes. */
export const MAX_TAGS = 100
export const MAX_NAME = 100
export const MAX_EMAIL = 254
export const MAX_PHONE = 32
export const MAX_DESCRIPTION = 5_000

/** What the console may change of a customer: what is not named stays, null empties. */
export const UpdateCustomer = z.object({
  customerId: IntId,
  firstName: storableText(MAX_NAME).nullable().optional(),
  lastName: storableText(MAX_NAME).nullable().optional(),
  email: z.email('Enter a valid email address.').max(MAX_EMAIL).nullable().optional(),
  phoneNumber: storableText(MAX_PHONE)
    .refine((text) => /^[\p{Nd}\s()+./*#-]*$/u.test(text) && /\p{Nd}/u.test(text), 'Enter a phone number.')
    .nullable()
    .optional(),
  description: storableText(MAX_DESCRIPTION).nullable().optional(),
  tagIds: z.array(IntId).max(MAX_TAGS).optional(),
})
export type UpdateCustomer = z.infer<typeof UpdateCustomer>

export const TagName = storableText(MAX_NAME).refine((text) => text.trim() !== '', 'Give the tag a name.')
export const CreateTags = z.object({ names: z.array(TagName).min(1).max(MAX_TAGS) })
export type CreateTags = z.infer<typeof CreateTags>
