'use client'

import { MessageSquareText, ThumbsDown, ThumbsUp } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { type ComponentProps, type KeyboardEvent, useState } from 'react'
import type { Feedback } from '../../server/contract/message.ts'
import { cx } from '../ui/cx.ts'
import { Tooltip } from '../ui/tooltip.tsx'

const CommentPopover = dynamic(
  () => import('./comment-popover.tsx').then((module) => module.CommentPopover),
  { ssr: false },
)

interface Props {
  rating: { feedback: Feedback; comment: string }
  onRate: (feedback: Feedback, comment: string) => void
}

const THUMBS = [
  { feedback: 'positive', Icon: ThumbsUp, on: 'text-firuze-ink' },
  { feedback: 'negative', Icon: ThumbsDown, on: 'text-anar-ink' },
] as const

const OFF = 'text-faint hover:text-ink'

/** What one thinks of an answer of the bot: one stop of Tab, arrows inside; the same thumb again takes it back. */
export const RatingBar = ({ rating: { feedback, comment }, onRate }: Props) => {
  const t = useTranslations('chat.rating')
  const stop = feedback === 'negative' ? 'negative' : 'positive'
  return (
    <div
      role="toolbar"
      aria-label={t('label')}
      onKeyDown={walk}
      className="-ms-1 me-auto flex items-center gap-0.5 pe-3 coarse:gap-3"
    >
      {THUMBS.map(({ feedback: thumb, Icon, on }) => (
        <Tooltip key={thumb} label={t(thumb)} side="top">
          <Thumb
            aria-label={t(thumb)}
            aria-pressed={feedback === thumb}
            tabIndex={thumb === stop ? 0 : -1}
            className={feedback === thumb ? on : OFF}
            onClick={() => (feedback === thumb ? onRate('none', '') : onRate(thumb, comment))}
          >
            <Icon aria-hidden size={13} className={feedback === thumb ? 'fill-current/25' : ''} />
          </Thumb>
        </Tooltip>
      ))}
      {feedback !== 'none' && <Comment comment={comment} onSave={(text) => onRate(feedback, text)} />}
    </div>
  )
}

const Comment = ({ comment, onSave }: { comment: string; onSave: (comment: string) => void }) => {
  const t = useTranslations('chat.rating')
  const [wasOpened, setWasOpened] = useState(false)
  const words = comment === '' ? t('comment') : t('commented', { comment })
  const button = (
    <Thumb
      aria-label={words}
      aria-haspopup="dialog"
      tabIndex={-1}
      className={comment === '' ? OFF : 'text-ink'}
      onClick={() => setWasOpened(true)}
    >
      <MessageSquareText aria-hidden size={13} className={comment === '' ? '' : 'fill-current/15'} />
    </Thumb>
  )
  if (wasOpened) return <CommentPopover trigger={button} comment={comment} onSave={onSave} />
  return (
    <Tooltip label={words} side="top">
      {button}
    </Tooltip>
  )
}

const Thumb = ({ className, ...rest }: ComponentProps<'button'>) => (
  <button
    type="button"
    {...rest}
    className={cx(
      'relative grid size-5.5 place-items-center rounded-md transition-colors duration-120',
      'hover:bg-hover active:bg-press coarse:size-8 coarse:before:absolute coarse:before:-inset-1.5',
      className,
    )}
  />
)

const STEPS: Record<string, 1 | -1> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 }

const walk = (event: KeyboardEvent<HTMLElement>) => {
  const step = STEPS[event.key]
  const bar = event.currentTarget
  const buttons = [...bar.querySelectorAll('button')]
  // The comment's panel lies elsewhere on the page, but its keys come by here.
  const from = buttons.findIndex((button) => button.contains(event.target as Node))
  if (!step || from < 0) return
  event.preventDefault()
  const isMirrored = /Left|Right/.test(event.key) && bar.matches(':dir(rtl)')
  buttons.at((from + (isMirrored ? -step : step)) % buttons.length)?.focus()
}
