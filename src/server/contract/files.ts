import { z } from 'zod'
import { Attachment } from './attachment.ts'
import { Instant } from './customer.ts'

/** Files asked for at once. */
export const MAX_FILE_LINKS = 100

export const AttachmentId = Attachment.shape.id

export const ListFileLinks = z.object({ ids: z.array(AttachmentId).min(1).max(MAX_FILE_LINKS) })
export type ListFileLinks = z.infer<typeof ListFileLinks>

/** Where a file is, on our own origin, until `expiresAt`. */
export const FileLink = z.object({
  id: AttachmentId,
  url: z.string(),
  /** Null where there is no small picture of it. */
  thumbUrl: z.string().nullable(),
  expiresAt: Instant,
})
export type FileLink = z.infer<typeof FileLink>

export const DiscardUpload = z.object({ id: AttachmentId })
export type DiscardUpload = z.infer<typeof DiscardUpload>
