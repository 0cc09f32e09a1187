import { CircleCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { DeliveryHistory as History } from '../../server/contract/message.ts'
import { Skeleton, SkeletonGroup } from '../ui/skeleton.tsx'
import { AttemptStep } from './attempt-step.tsx'
import { HistoryStep } from './history-step.tsx'
import { NextStepLine } from './next-step-line.tsx'
import type { Formats } from './time.ts'

interface Props {
  /** Null while it is read. */
  history: History | null
  hasFailed: boolean
  storedAt: string
  formats: Formats
  source: string
  /** What can be done with a message that did not arrive; null where it did. */
  actions?: ReactNode
}

type Delivery = History['deliveries'][number]

/** Everything that happened to one message on its way, to the thousandth of a second, and what comes next. */
export const DeliveryHistory = ({ history, hasFailed, storedAt, formats, source, actions }: Props) => {
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
        {history.deliveries.map((delivery, index) => (
          <Steps
            key={`${delivery.op}:${delivery.createdAt}`}
            delivery={delivery}
            isRepeated={history.deliveries.slice(0, index).some(({ op }) => op === delivery.op)}
            formats={formats}
            source={source}
          />
        ))}
      </ol>
      {history.deliveries.length === 0 && <p className="text-sm text-dim">{t('historyEmpty')}</p>}
      {actions}
    </div>
  )
}

interface StepsProps {
  delivery: Delivery
  isRepeated: boolean
  formats: Formats
  source: string
}

const Steps = ({ delivery, isRepeated, formats, source }: StepsProps) => {
  const t = useTranslations('chat.delivery')
  const { op, state, attempts, createdAt, error, next } = delivery
  const isOver = state === 'cancelled' || (state === 'failed' && attempts.length === 0)
  return (
    <>
      {op !== 'send' && (
        <HistoryStep icon={null} at={formats.exact(createdAt)} title={t(`op.${op}`)} isHeading />
      )}
      {attempts.map((attempt) => (
        <AttemptStep
          key={attempt.number}
          attempt={attempt}
          formats={formats}
          source={source}
          isRepeated={isRepeated && op === 'send' && attempt.number === 1}
        />
      ))}
      {isOver && attempts.at(-1)?.outcome !== 'cancelled' && (
        <HistoryStep
          icon={null}
          at={formats.exact(createdAt)}
          title={t(state === 'cancelled' ? 'cancelled' : 'notTried')}
        >
          {error && <bdi className="block text-dim">{error}</bdi>}
        </HistoryStep>
      )}
      {next && <NextStepLine next={next} attempt={attempts.at(-1)} formats={formats} source={source} />}
    </>
  )
}
