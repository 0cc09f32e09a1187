import { z } from 'zod'

// Told here too, for whoever describes files; the console takes it from limits.ts, which brings no zod along.
export { MAX_ATTACHMENTS } from './limits.ts'

export const AttachmentKind = z.enum(['image', 'voice', 'audio', 'video', 'animation', 'file', 'sticker'])
export type AttachmentKind = z.infer<typeof AttachmentKind>

/** `pending`: it is still being copied from its platform. `failed`: it could not be, for `reason`. */
export const AttachmentState = z.enum(['pending', 'ready', 'failed'])
export type AttachmentState = z.infer<typeof AttachmentState>

/** A file of a message. Its bytes have an address of their own, signed for a while and for one reader; never a platform's. */
export const Attachment = z.object({
  id: z.string().regex(/^\w{22,32}$/),
  kind: AttachmentKind,
  name: z.string(),
  mime: z.string(),
  /** In bytes; null while it is not known. */
  size: z.number().int().min(0).nullable(),
  width: z.number().int().positive().nullable(),
  height: z.number().int().positive().nullable(),
  durationMs: z.number().int().min(0).nullable(),
  state: AttachmentState,
  reason: z.string().nullable(),
  hasThumb: z.boolean(),
})
export type Attachment = z.infer<typeof Attachment>
