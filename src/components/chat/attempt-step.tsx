import { Ban, CircleAlert, CircleCheck, CircleHelp, RotateCw, Unplug } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { DeliveryAttempt } from '../../server/contract/message.ts'
import { failureReason } from './delivery.ts'
import { HistoryStep } from './history-step.tsx'
import type { Formats } from './time.ts'

const ICONS = {
  sent: <CircleCheck aria-hidden size={15} className="text-firuze" />,
  retry: <RotateCw aria-hidden size={15} className="text-zaferan-ink" />,
  failed: <CircleAlert aria-hidden size={15} className="text-anar" />,
  unconfirmed: <CircleHelp aria-hidden size={15} className="text-zaferan-ink" />,
  stopped: <Unplug aria-hidden size={15} className="text-zaferan-ink" />,
  cancelled: <Ban aria-hidden size={15} className="text-faint" />,
}

interface Props {
  attempt: DeliveryAttempt
  formats: Formats
  source: string
  /** True of the first attempt of a delivery that a person asked for. */
  isRepeated: boolean
}

/** One attempt: when, how it ended, and the platform's own words. */
export const AttemptStep = ({ attempt, formats, source, isRepeated }: Props) => {
  const t = useTranslations('chat.delivery')
  const { outcome, error, code, retryAfterMs } = attempt
  const number = formats.number(attempt.number)
  const asked = retryAfterMs ? Math.ceil(retryAfterMs / 1_000) : 0
  return (
    <HistoryStep
      icon={outcome ? ICONS[outcome] : <RotateCw aria-hidden size={15} className="text-faint" />}
      at={formats.exact(attempt.endedAt ?? attempt.startedAt)}
      title={t(`outcome.${outcome ?? 'running'}`, { number, channel: source })}
    >
      {isRepeated && <span className="block text-dim">{t('repeated')}</span>}
      {asked > 0 && (
        <span className="block text-dim">
          {t('asked', { channel: source, seconds: asked, shown: formats.number(asked) })}
        </span>
      )}
      {error && (
        <span className="block text-dim">
          {outcome !== 'sent' &&
            asked === 0 &&
            `${t(`reason.${failureReason(error)}`, { channel: source })} `}
          <bdi dir="ltr" className="block font-mono text-xs wrap-anywhere">
            {code && !error.includes(code) ? `${code} · ${error}` : error}
          </bdi>
        </span>
      )}
    </HistoryStep>
  )
}
