'use client'

import { useTranslations } from 'next-intl'
import { memo, type ReactNode } from 'react'
import type { Attachment } from '../../server/contract/attachment.ts'
import type { Feedback, Reaction } from '../../server/contract/message.ts'
import { cx } from '../ui/cx.ts'
import { BubbleAuthor, BubbleContent } from './bubble-content.tsx'
import { isTrouble } from './delivery.ts'
import { DeliveryMark } from './delivery-mark.tsx'
import { FailureNote, UnreachedNote } from './failure-note.tsx'
import { hasMarks, Marks } from './marks.tsx'
import { RatingBar } from './rating-bar.tsx'
import { Reactions } from './reactions.tsx'
import { rowName } from './row-name.ts'
import type { BubbleItem } from './thread-items.ts'
import type { Formats } from './time.ts'

export interface BubbleActions {
  onRetry: (bubble: Pick<BubbleItem, 'messageId' | 'clientId'>) => void
  onDiscard: (clientId: string) => void
  onRate: (messageId: string, feedback: Feedback, comment: string) => void
  renderHistory: (messageId: string) => ReactNode
  renderFiles: (attachments: readonly Attachment[]) => ReactNode
  /** Leads to a message that is quoted. */
  onJump?: (messageId: string) => void
  /** What can be done with it; null where nothing can. */
  renderMoves?: (bubble: BubbleItem) => ReactNode
  /** What it said before. */
  renderPast?: (messageId: string) => ReactNode
  onReact?: (messageId: string, emoji: string | null) => void
}

const NONE: readonly Reaction[] = []

interface Props {
  bubble: BubbleItem
  actions: BubbleActions
  formats: Formats
  /** The platform, in the words of the interface. */
  source: string
}

/** One message. The interface's language decides its side, its own language the direction of its words. */
export const MessageBubble = memo(({ bubble, actions, formats, source }: Props) => {
  const t = useTranslations('chat')
  const { side, startsGroup, endsGroup, standing } = bubble
  const isOut = side === 'out'
  const hasFailed = standing !== null && isTrouble(standing)
  return (
    // biome-ignore lint/a11y/useSemanticElements: an article of a log, not of a page.
    <div
      role="article"
      aria-label={rowName(bubble, t, formats.clock(bubble.at))}
      data-item={bubble.key}
      data-message={bubble.messageId ?? undefined}
      data-members={bubble.memberIds?.join(' ')}
      tabIndex={-1}
      className={cx(
        'group/row flex flex-col rounded-bubble -outline-offset-2 data-flash:animate-flash',
        isOut ? 'items-end' : 'items-start',
        startsGroup ? 'mt-2.5' : 'mt-1',
      )}
    >
      {startsGroup && <BubbleAuthor bubble={bubble} />}
      <div
        className={cx(
          'relative max-w-[min(560px,84%)] min-w-0 rounded-bubble border px-3.5 pt-2 pb-1.5',
          surfaceOf(bubble, hasFailed),
          startsGroup && (isOut ? 'rounded-se-md' : 'rounded-ss-md'),
          bubble.messageId === null && 'animate-rise',
        )}
      >
        <BubbleContent bubble={bubble} renderFiles={actions.renderFiles} onJump={actions.onJump} />
        {actions.renderMoves?.(bubble)}
        {(endsGroup || standing || hasMarks(bubble)) && (
          <Meta bubble={bubble} actions={actions} formats={formats} source={source} />
        )}
      </div>
      {!bubble.isDeleted && (
        <Reactions
          reactions={bubble.extras?.reactions ?? NONE}
          side={side}
          onTakeAway={takeAway(bubble, actions)}
        />
      )}
      {standing && (
        <FailureNote
          standing={standing}
          source={source}
          formats={formats}
          content={bubble.content}
          onRetry={() => actions.onRetry(bubble)}
          onDiscard={bubble.messageId === null ? () => actions.onDiscard(bubble.clientId ?? '') : undefined}
        />
      )}
      {bubble.unreached && (
        <UnreachedNote op={bubble.unreached} source={source} onRetry={() => actions.onRetry(bubble)} />
      )}
    </div>
  )
})
MessageBubble.displayName = 'MessageBubble'

const takeAway = ({ messageId, side }: BubbleItem, { onReact }: BubbleActions) =>
  messageId !== null && side === 'in' && onReact ? () => onReact(messageId, null) : undefined

const surfaceOf = ({ by, attachments, content }: BubbleItem, hasFailed: boolean) => {
  if (hasFailed) return 'border-anar-line bg-anar-tint'
  // A sticker is its own shape.
  const isSticker = content === '' && attachments.length === 1 && attachments[0]?.kind === 'sticker'
  if (isSticker) return 'border-transparent'
  if (by === 'bot') return 'border-own-line bg-surface'
  return by === 'customer' ? 'border-line bg-canvas' : 'border-own-line bg-own'
}

const Meta = ({ bubble, actions, formats, source }: Props) => {
  const { rating, messageId } = bubble
  return (
    <div className="mt-px flex items-center justify-end gap-1.5 text-2xs leading-4.5 text-dim">
      {rating && messageId !== null && (
        <RatingBar
          rating={rating}
          onRate={(feedback, comment) => actions.onRate(messageId, feedback, comment)}
        />
      )}
      <Marks bubble={bubble} renderPast={actions.renderPast} />
      <time dateTime={bubble.at} title={formats.full(bubble.at)}>
        {formats.clock(bubble.at)}
      </time>
      {bubble.standing && (
        <DeliveryMark
          standing={bubble.standing}
          source={source}
          messageId={bubble.messageId}
          renderHistory={actions.renderHistory}
        />
      )}
    </div>
  )
}
