'use client'

import { CircleAlert } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { SimulatedMessage } from '../../server/contract/simulator.ts'
import { RichText } from '../chat/rich-text.tsx'
import { cx } from '../ui/cx.ts'
import { MessageMenu } from './message-menu.tsx'
import { usePhoneActions } from './phone-actions.ts'
import { PhoneMedia } from './phone-media.tsx'
import type { Outgoing } from './phone-state.ts'

interface Props {
  message: SimulatedMessage
  /** What it answers, where that is still on the phone. */
  original: SimulatedMessage | undefined
  isSeen: boolean
}

/** A message as its customer sees it: no ticks, because nobody here has proof of a reading. */
export const PhoneBubble = ({ message, original, isSeen }: Props) => {
  const t = useTranslations('simulator.phone')
  const isOwn = message.from === 'customer'
  if (message.unsent) return <Unsent isOwn={isOwn} />
  return (
    <Shape isOwn={isOwn} menu={<MessageMenu message={message} />}>
      {original && (
        <p className="one-line mb-1 max-w-56 border-s-2 border-current ps-2 text-xs text-dim">
          <span className="sr-only">{t('inReplyTo')} </span>
          <bdi>{original.text || t(`kinds.${original.kind}`)}</bdi>
        </p>
      )}
      <PhoneMedia message={message} />
      {message.text && (
        <RichText hasFormats={message.tagged !== null}>{message.tagged ?? message.text}</RichText>
      )}
      <Foot message={message} isSeen={isSeen} />
      <Reactions message={message} />
    </Shape>
  )
}

const Foot = ({ message, isSeen }: { message: SimulatedMessage; isSeen: boolean }) => {
  const t = useTranslations('simulator.phone')
  const format = useFormatter()
  return (
    <p className="mt-0.5 flex justify-end gap-2 text-2xs text-dim">
      {message.edited && <span>{t('edited')}</span>}
      {isSeen && <span>{t('seen')}</span>}
      <time dateTime={new Date(message.at).toISOString()} className="numeric">
        {format.dateTime(message.at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })}
      </time>
    </p>
  )
}

const Reactions = ({ message: { reactions } }: { message: SimulatedMessage }) => {
  const t = useTranslations('simulator.phone')
  const all = (['customer', 'business'] as const).flatMap((who) => {
    const emoji = reactions[who]
    return emoji === null ? [] : [{ who, emoji }]
  })
  if (all.length === 0) return null
  return (
    <p className="-mb-3 flex gap-1">
      {all.map(({ who, emoji }) => (
        <span key={who} className="rounded-full border border-line bg-raised px-1.5 text-sm">
          <span className="sr-only">{t(`reactionOf.${who}`)}: </span>
          {emoji}
        </span>
      ))}
    </p>
  )
}

const Unsent = ({ isOwn }: { isOwn: boolean }) => {
  const t = useTranslations('simulator.phone')
  return (
    <p className={cx('flex text-sm text-faint italic', isOwn && 'justify-end')}>
      <span className="rounded-bubble border border-dashed border-line px-3 py-1">{t('unsentNote')}</span>
    </p>
  )
}

/** A message on its way, or one that did not get there. */
export const OutgoingBubble = ({ outgoing, onResend }: { outgoing: Outgoing; onResend: () => void }) => {
  const t = useTranslations('simulator.phone')
  return (
    <Shape isOwn isFaint={outgoing.state === 'sending'}>
      <RichText>{outgoing.text}</RichText>
      <p className="mt-0.5 flex justify-end gap-2 text-2xs text-dim">
        {outgoing.state === 'sending' && <span>{t('sending')}</span>}
        {outgoing.state === 'failed' && (
          <span className="flex items-center gap-1.5 text-anar-ink">
            <CircleAlert size={13} aria-hidden />
            {t('notSent')}
            <button type="button" onClick={onResend} className="font-strong underline underline-offset-2">
              {t('resend')}
            </button>
          </span>
        )}
      </p>
    </Shape>
  )
}

interface ShapeProps {
  isOwn: boolean
  isFaint?: boolean
  menu?: ReactNode
  children: ReactNode
}

const LOOKS = {
  telegram: {
    own: 'rounded-bubble rounded-ee-[5px] border-own-line bg-own',
    other: 'rounded-bubble rounded-es-[5px] border-line bg-surface',
  },
  instagram: {
    own: 'rounded-[20px] border-instagram/30 bg-instagram/10',
    other: 'rounded-[20px] border-transparent bg-press',
  },
}

const Shape = ({ isOwn, isFaint = false, menu, children }: ShapeProps) => {
  const { platform } = usePhoneActions()
  return (
    <div className={cx('group flex gap-1', isOwn && 'justify-end')}>
      {isOwn && menu}
      <div
        className={cx(
          'min-w-0 max-w-[82%] animate-rise border px-3.5 pt-2 pb-1.5',
          LOOKS[platform][isOwn ? 'own' : 'other'],
          isFaint && 'opacity-70',
        )}
      >
        {children}
      </div>
      {!isOwn && menu}
    </div>
  )
}
