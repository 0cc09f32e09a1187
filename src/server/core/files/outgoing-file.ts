import type { Attachment } from '../../contract/attachment.ts'
import type { OutgoingFile } from '../ports/platform.ts'
import type { Ports } from '../ports.ts'
import { publicFileUrl } from './links.ts'

type FileCtx = Pick<Ports, 'files' | 'tokens' | 'clock' | 'settings'>

/** A file of a message for whoever hands it to its platform; null where it is not there to be handed over. */
export function outgoingFile(
  ctx: FileCtx,
  { id, kind, name, mime, size, state }: Attachment,
): OutgoingFile | null {
  if (state !== 'ready' || size === null) return null
  const read = async () => ctx.files.read(id)
  return { kind, name, mime, size, read, url: async () => publicFileUrl(ctx, id) }
}
