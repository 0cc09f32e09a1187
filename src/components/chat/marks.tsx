'use client'

import dynamic from 'next/dynamic'
import { useLocale, useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { Tooltip } from '../ui/tooltip.tsx'
import type { BubbleItem } from './thread-items.ts'
import { formatsOf } from './time.ts'

const HistoryPopover = dynamic(
  () => import('./history-popover.tsx').then((module) => module.HistoryPopover),
  { ssr: false },
)

/** True where the foot of a bubble has more to say than when. */
export const hasMarks = ({ isEdited, isDeleted, extras }: BubbleItem): boolean =>
  !isDeleted &&
  (isEdited || extras?.via !== undefined || extras?.isHumanAgent === true || extras?.saidAt !== undefined)

interface Props {
  bubble: BubbleItem
  renderPast: ((messageId: string) => ReactNode) | undefined
}

/** What was done to a message, or by which way it went: small words beside its time. */
export const Marks = ({ bubble, renderPast }: Props) => {
  const t = useTranslations('chat')
  const { isEdited, isDeleted, extras } = bubble
  if (isDeleted) return null
  return (
    <>
      {extras?.saidAt && <Said at={extras.saidAt} cameAt={bubble.at} />}
      {extras?.via && <span title={t('viaTitle')}>{t('via')}</span>}
      {extras?.isHumanAgent && <span title={t('humanAgentTitle')}>{t('humanAgent')}</span>}
      {isEdited && <Edited messageId={bubble.messageId} renderPast={renderPast} />}
    </>
  )
}

/** When it was written, where its platform brought it long after that. */
const Said = ({ at, cameAt }: { at: string; cameAt: string }) => {
  const t = useTranslations('chat')
  const { clock, date, full } = formatsOf(useLocale())
  const day = date(at)
  const time = day === date(cameAt) ? clock(at) : `${day} ${clock(at)}`
  return (
    <time dateTime={at} title={t('saidTitle', { full: full(at) })}>
      {t('said', { time })}
    </time>
  )
}

/** That it was edited; a click shows what it said before. */
const Edited = ({ messageId, renderPast }: { messageId: string | null; renderPast: Props['renderPast'] }) => {
  const t = useTranslations('chat')
  const [wasOpened, setWasOpened] = useState(false)
  if (messageId === null || !renderPast) return <span>{t('edited')}</span>
  const button = (
    <button
      type="button"
      aria-label={t('past.open')}
      onClick={() => setWasOpened(true)}
      className="relative rounded underline decoration-dotted underline-offset-3 before:absolute before:-inset-2 hover:text-ink coarse:before:-inset-3.5"
    >
      {t('edited')}
    </button>
  )
  if (!wasOpened) {
    return (
      <Tooltip label={t('past.open')} side="top">
        {button}
      </Tooltip>
    )
  }
  return (
    <HistoryPopover label={t('past.title')} trigger={button}>
      {renderPast(messageId)}
    </HistoryPopover>
  )
}
