import { type Attachment, MAX_ATTACHMENTS } from '../../contract/attachment.ts'
import { MAX_QUOTE, type MessageExtras } from '../../contract/message.ts'
import type { Ctx } from '../context.ts'
import { cleanFileName } from '../files/file-name.ts'
import type { MessageDraft } from '../ports/journal.ts'
import type { InboundMedia, InboundText } from '../ports/platform.ts'

interface Place {
  workspaceId: number
  channelId: number
  conversationId: string
  /** Whose the files are. */
  sender: string
}

type RichParts = Pick<MessageDraft, 'extras' | 'attachments' | 'replyToId'>

/** What a platform's message is besides its text. Its files are noted, to be copied once it is stored. */
export async function richPartsOf(ctx: Ctx, message: InboundText, place: Place): Promise<RichParts> {
  const { replyToId, quote } = await answerOf(ctx, message.replyTo, place)
  const extras = { ...message.extras, ...(quote && { quote }) }
  const attachments = await noteFiles(ctx, message.media ?? [], place)
  return {
    ...(Object.keys(extras).length > 0 && { extras }),
    ...(attachments.length > 0 && { attachments }),
    ...(replyToId && { replyToId }),
  }
}

type Answer = { replyToId?: string; quote?: NonNullable<MessageExtras['quote']> }

/** What it answers: our own message where it is of this conversation and shown, else the platform's words alone. */
async function answerOf(ctx: Ctx, replyTo: InboundText['replyTo'], place: Place): Promise<Answer> {
  if (!replyTo) return {}
  const { providerId, quoted, isOwn } = replyTo
  const found = await ctx.messages.findByProviderId(place.channelId, providerId)
  if (!found || found.isHeld || found.message.conversationId !== place.conversationId)
    return { quote: { messageId: null, isOwn, text: cut(quoted ?? '') } }
  const { id, type, content, deletedAt } = found.message
  const text = deletedAt === null ? cut(quoted ?? content) : ''
  return { replyToId: id, quote: { messageId: id, isOwn: type !== 'customer', text } }
}

const cut = (text: string): string => Array.from(text).slice(0, MAX_QUOTE).join('')

async function noteFiles(ctx: Ctx, media: InboundMedia[], place: Place): Promise<Attachment[]> {
  const { workspaceId, conversationId, sender: uploader } = place
  const noted: Attachment[] = []
  for (const { ref: source, ...file } of media.slice(0, MAX_ATTACHMENTS)) {
    const mime = file.mime ?? 'application/octet-stream'
    const known = {
      ...file,
      id: ctx.ids.uuid().replaceAll('-', ''),
      mime,
      name: cleanFileName(file.name, mime),
    }
    await ctx.attachments.add({ ...known, workspaceId, conversationId, uploader, source })
    noted.push({ ...known, state: 'pending', reason: null, hasThumb: false })
  }
  return noted
}
