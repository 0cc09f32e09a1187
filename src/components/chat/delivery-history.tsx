import { CircleAlert, CircleCheck, CircleHelp, RotateCw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { DeliveryAttempt, DeliveryHistory as History } from '../../server/contract/message.ts'
import { Skeleton, SkeletonGroup } from '../ui/skeleton.tsx'
import { failureReason } from './delivery.ts'
import { HistoryStep } from './history-step.tsx'
import type { Formats } from './time.ts'

interface Props {
  /** Null while it is read. */
  history: History | null
  hasFailed: boolean
  storedAt: string
  formats: Formats
  source: string
}

/** Everything that happened to one message on its way, to the thousandth of a second. */
export const DeliveryHistory = ({ history, hasFailed, storedAt, formats, source }: Props) => {
  const t = useTranslations('chat.delivery')
  if (hasFailed) return <p className="text-sm text-anar-ink">{t('historyFailed')}</p>
  if (!history) {
    return (
      <SkeletonGroup label={t('historyLoading')} className="grid gap-3">
        <Skeleton className="h-3 w-40" />
        <Skeleton className="h-3 w-56" />
      </SkeletonGroup>
    )
  }
  return (
    <div className="grid gap-3">
      <h3 className="text-sm font-strong">{t('history')}</h3>
      <ol className="grid gap-2.5 text-sm">
        <HistoryStep
          icon={<CircleCheck aria-hidden size={15} className="text-firuze" />}
          at={formats.exact(storedAt)}
          title={t('stored')}
        />
        {history.deliveries.flatMap((delivery, tryIndex) =>
          delivery.attempts.map((attempt) => (
            <Attempt
              key={`${delivery.createdAt}:${attempt.number}`}
              attempt={attempt}
              formats={formats}
              source={source}
              isRepeated={tryIndex > 0}
            />
          )),
        )}
      </ol>
      {history.deliveries.length === 0 && <p className="text-sm text-dim">{t('historyEmpty')}</p>}
    </div>
  )
}

const OUTCOME_ICONS = {
  sent: <CircleCheck aria-hidden size={15} className="text-firuze" />,
  retry: <RotateCw aria-hidden size={15} className="text-zaferan-ink" />,
  failed: <CircleAlert aria-hidden size={15} className="text-anar" />,
  unconfirmed: <CircleHelp aria-hidden size={15} className="text-zaferan-ink" />,
}

interface AttemptProps {
  attempt: DeliveryAttempt
  formats: Formats
  source: string
  isRepeated: boolean
}

const Attempt = ({ attempt, formats, source, isRepeated }: AttemptProps) => {
  const t = useTranslations('chat.delivery')
  const { outcome, error } = attempt
  const number = formats.number(attempt.number)
  return (
    <HistoryStep
      icon={outcome ? OUTCOME_ICONS[outcome] : <RotateCw aria-hidden size={15} className="text-faint" />}
      at={formats.exact(attempt.endedAt ?? attempt.startedAt)}
      title={t(`outcome.${outcome ?? 'running'}`, { number, channel: source })}
    >
      {isRepeated && attempt.number === 1 && <span className="block text-dim">{t('repeated')}</span>}
      {error && (
        <span className="block text-dim">
          {outcome !== 'sent' && `${t(`reason.${failureReason(error)}`, { channel: source })} `}
          <bdi dir="ltr" className="block font-mono text-xs wrap-anywhere">
            {error}
          </bdi>
        </span>
      )}
    </HistoryStep>
  )
}
