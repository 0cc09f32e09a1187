import { type Attachment, MAX_ATTACHMENTS } from '../../contract/attachment.ts'
import type { NewAttachment } from '../ports/attachments.ts'
import type { InboundMedia } from '../ports/platform.ts'
import type { Ports } from '../ports.ts'
import { cleanFileName } from './file-name.ts'

interface Expected {
  workspaceId: number
  conversationId: string
  /** The sender of the message that they come with. */
  sender: string
  media: InboundMedia[]
}

/**
 * Notes the files that a platform speaks of, before the message that takes them is stored with what this answers. They are
 * copied when it is; where it never is, they go after a day. Errors: conflict (the customer was erased).
 */
export async function expectMedia(
  ctx: Pick<Ports, 'attachments' | 'ids'>,
  { workspaceId, conversationId, sender, media }: Expected,
): Promise<Attachment[]> {
  const expected = media
    .slice(0, MAX_ATTACHMENTS)
    .map((one) => toNew(ctx.ids.uuid().replaceAll('-', ''), one))
  for (const one of expected)
    await ctx.attachments.add({ ...one, workspaceId, conversationId, uploader: sender })
  return expected.map(({ source: _, ...one }) => ({
    ...one,
    state: 'pending',
    reason: null,
    hasThumb: false,
  }))
}

type Described = Omit<NewAttachment, 'workspaceId' | 'conversationId' | 'uploader'>

// What the platform says is shown until the file itself is there to say it.
const toNew = (
  id: string,
  { kind, ref, name, mime, size, width, height, durationMs }: InboundMedia,
): Described => ({
  id,
  kind,
  name: cleanFileName(name, mime ?? ''),
  mime: mime ?? 'application/octet-stream',
  size: count(size),
  width: count(width) || null,
  height: count(height) || null,
  durationMs: count(durationMs),
  source: ref,
})

const MAX_COUNT = 2_147_483_647

/** A platform's number as the database keeps it. */
const count = (value: number | null): number | null =>
  value === null || !Number.isFinite(value) ? null : Math.min(Math.max(Math.round(value), 0), MAX_COUNT)
