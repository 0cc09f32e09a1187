'use client'

import { CircleAlert, CircleHelp, ClockAlert, Trash2, Unplug } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { cx } from '../ui/cx.ts'
import { Countdown } from './countdown.tsx'
import { failureReason, type Standing } from './delivery.ts'
import type { Formats } from './time.ts'
import { Action, CopyAction, Retry } from './trouble-actions.tsx'

interface Props {
  standing: Standing
  source: string
  formats: Formats
  content: string
  onRetry: () => void
  /** Present where the message is only in this browser. */
  onDiscard?: (() => void) | undefined
}

/** Under a message of ours that did not simply arrive: what is the matter in plain words, and what can be done. */
export const FailureNote = ({ standing, source, formats, content, onRetry, onDiscard }: Props) => {
  const t = useTranslations('chat.trouble')
  const reasons = useTranslations('chat.delivery.reason')
  if (standing.step === 'retrying') {
    const reason = reasons(failureReason(standing.error), { channel: source })
    const words = (seconds: number) => t('retrying', { reason, seconds, shown: formats.number(seconds) })
    return (
      <Note tone="zaferan" icon={<ClockAlert aria-hidden size={15} />}>
        <Countdown until={standing.at}>{words}</Countdown>
      </Note>
    )
  }
  if (standing.step === 'unsent') {
    return (
      <Note tone="zaferan" icon={<ClockAlert aria-hidden size={15} />} actions={<Retry onRetry={onRetry} />}>
        {t('unsent')}
      </Note>
    )
  }
  if (standing.step === 'unconfirmed') {
    return (
      <Note tone="zaferan" icon={<CircleHelp aria-hidden size={15} />} actions={<Retry onRetry={onRetry} />}>
        {t('unconfirmed', { channel: source })}
      </Note>
    )
  }
  if (standing.step === 'waiting') {
    return (
      <Note tone="zaferan" icon={<Unplug aria-hidden size={15} />}>
        {t('waiting', { channel: source })}
      </Note>
    )
  }
  if (standing.step === 'checking') {
    const words = (seconds: number) =>
      t('checking', { channel: source, seconds, shown: formats.number(seconds) })
    return (
      <Note tone="zaferan" icon={<CircleHelp aria-hidden size={15} />}>
        <Countdown until={standing.at}>{words}</Countdown>
      </Note>
    )
  }
  if (standing.step !== 'failed' && standing.step !== 'refused') return null
  const actions = (
    <>
      <Retry onRetry={onRetry} />
      <CopyAction content={content} />
      {onDiscard && (
        <Action icon={<Trash2 aria-hidden size={14} />} label={t('discard')} onClick={onDiscard} />
      )}
    </>
  )
  return (
    <Note tone="anar" icon={<CircleAlert aria-hidden size={15} />} actions={actions}>
      <Reason standing={standing} source={source} />
    </Note>
  )
}

const Reason = ({
  standing,
  source,
}: {
  standing: Standing & { step: 'failed' | 'refused' }
  source: string
}) => {
  const t = useTranslations()
  if (standing.step === 'refused') return t(`ui.error.${standing.error ?? 'internal'}`)
  return (
    <>
      {t(`chat.delivery.reason.${failureReason(standing.error)}`, { channel: source })}
      {standing.error && (
        <bdi dir="ltr" className="block text-xs wrap-anywhere opacity-85">
          {standing.error}
        </bdi>
      )}
    </>
  )
}

interface UnreachedProps {
  op: 'edit' | 'delete' | 'react'
  source: string
  onRetry: () => void
}

/** Under a message whose change its platform did not take: there it still stands as it was. */
export const UnreachedNote = ({ op, source, onRetry }: UnreachedProps) => {
  const t = useTranslations('chat.trouble.unreached')
  return (
    <Note tone="zaferan" icon={<CircleAlert aria-hidden size={15} />} actions={<Retry onRetry={onRetry} />}>
      {t(op, { channel: source })}
    </Note>
  )
}

interface NoteProps {
  tone: 'anar' | 'zaferan'
  icon: ReactNode
  actions?: ReactNode
  children: ReactNode
}

const Note = ({ tone, icon, actions, children }: NoteProps) => (
  <div className="mt-1 grid max-w-[min(560px,84%)] justify-items-end gap-0.5 text-sm">
    <div className={cx('flex items-start gap-1.5', tone === 'anar' ? 'text-anar-ink' : 'text-zaferan-ink')}>
      <span className="mt-1 shrink-0">{icon}</span>
      <span>{children}</span>
    </div>
    {actions && <div className="flex flex-wrap gap-1">{actions}</div>}
  </div>
)
