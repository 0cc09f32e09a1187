import { Lock, Timer, UserRound } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import type { Window } from '../../server/contract/window.ts'
import { cx } from '../ui/cx.ts'
import { durationWords } from './duration.ts'

interface Props {
  window: Window
  now: number
  /** False where the customer never wrote. */
  hasWritten: boolean
}

const HOUR_MS = 3_600_000
/** From here on the time presses. */
const SHORT_MS = 2 * HOUR_MS

/** Over the composer: how long one may still write to this customer, or why one may not and what to do. */
export const WindowNote = ({ window, now, hasWritten }: Props) => {
  if (window.kind === 'always') return null
  if (window.kind === 'closed') return <Closed hasWritten={hasWritten} />
  return <Left kind={window.kind} left={Math.max(0, window.until - now)} />
}

const Left = ({ kind, left }: { kind: 'open' | 'human'; left: number }) => {
  const t = useTranslations('chat.window')
  const isShort = left < SHORT_MS
  const Icon = kind === 'human' ? UserRound : Timer
  return (
    <p
      className={cx(
        'mx-3 mb-1.5 flex items-start gap-1.5 text-xs pane:mx-5',
        isShort || kind === 'human' ? 'text-ink' : 'text-faint',
      )}
    >
      <Icon size={14} aria-hidden className={cx('mt-0.5 shrink-0', isShort && 'text-anar-ink')} />
      <span title={kind === 'open' ? t('openHelp') : undefined}>
        <b className="font-medium tabular-nums">{t(kind, { left: durationWords(left, useLocale()) })}</b>
        {kind === 'human' && <span className="text-dim"> · {t('humanHelp')}</span>}
      </span>
    </p>
  )
}

const Closed = ({ hasWritten }: { hasWritten: boolean }) => {
  const t = useTranslations('chat.window')
  return (
    <footer
      role="status"
      className="mx-3 mb-3 flex shrink-0 items-start gap-3 rounded-box border border-line bg-raised px-4 py-3 text-sm pane:mx-5 pane:mb-4.5"
    >
      <Lock size={18} aria-hidden className="mt-0.5 shrink-0 text-dim" />
      <div className="grid gap-1">
        <p className="font-medium">{t('closed')}</p>
        <p className="text-dim">{t(hasWritten ? 'closedHelp' : 'never')}</p>
        {hasWritten && <p className="text-dim">{t('closedNext')}</p>}
      </div>
    </footer>
  )
}
