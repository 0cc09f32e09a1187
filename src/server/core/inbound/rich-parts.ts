import { MAX_QUOTE, type MessageExtras } from '../../contract/message.ts'
import type { Ctx } from '../context.ts'
import { expectMedia } from '../files/expect-media.ts'
import type { MessageDraft } from '../ports/journal.ts'
import type { InboundText } from '../ports/platform.ts'

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
  const extras = { ...message.extras, ...(quote && { quote }), ...lateness(ctx, message) }
  const attachments = await expectMedia(ctx, { ...place, media: message.media ?? [] })
  return {
    ...(Object.keys(extras).length > 0 && { extras }),
    ...(attachments.length > 0 && { attachments }),
    ...(replyToId && { replyToId }),
  }
}

/** What comes later than this was not simply on its way. */
const LATE_MS = 60_000

/** After an outage a platform brings what was written hours ago, and its windows count from then. */
const lateness = ({ clock }: Pick<Ctx, 'clock'>, { at }: InboundText): Pick<MessageExtras, 'saidAt'> =>
  at !== undefined && clock.now() - Date.parse(at) > LATE_MS ? { saidAt: at } : {}

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
