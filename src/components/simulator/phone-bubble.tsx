'use client'

import { CircleAlert } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { SimulatedMessage } from '../../server/contract/simulator.ts'
import { RichText } from '../chat/rich-text.tsx'
import { cx } from '../ui/cx.ts'
import type { Outgoing } from './phone-state.ts'

/** A message as its customer sees it: no ticks, because nobody here has proof of a reading. */
export const PhoneBubble = ({ message }: { message: SimulatedMessage }) => {
  const t = useTranslations('simulator.phone')
  const format = useFormatter()
  return (
    <Shape side={message.from === 'customer' ? 'own' : 'bot'} text={message.text}>
      {message.edited && <span>{t('edited')}</span>}
      <time dateTime={new Date(message.at).toISOString()} className="numeric">
        {format.dateTime(message.at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })}
      </time>
    </Shape>
  )
}

/** A message on its way, or one that did not get there. */
export const OutgoingBubble = ({ outgoing, onResend }: { outgoing: Outgoing; onResend: () => void }) => {
  const t = useTranslations('simulator.phone')
  return (
    <Shape side="own" text={outgoing.text} isFaint={outgoing.state === 'sending'}>
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
    </Shape>
  )
}

interface ShapeProps {
  side: 'own' | 'bot'
  text: string
  isFaint?: boolean
  children: ReactNode
}

const Shape = ({ side, text, isFaint = false, children }: ShapeProps) => (
  <div className={cx('flex', side === 'own' && 'justify-end')}>
    <div
      className={cx(
        'max-w-[86%] animate-rise rounded-bubble border px-3.5 pt-2 pb-1.5',
        side === 'own'
          ? 'rounded-ee-[5px] border-own-line bg-own'
          : 'rounded-es-[5px] border-line bg-surface',
        isFaint && 'opacity-70',
      )}
    >
      <RichText>{text}</RichText>
      <p className="mt-0.5 flex justify-end gap-2 text-2xs text-dim">{children}</p>
    </div>
  </div>
)
