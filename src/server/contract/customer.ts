import { z } from 'zod'
import { IntId } from './ids.ts'

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
  tags: z.array(Tag),
})
export type Customer = z.infer<typeof Customer>
