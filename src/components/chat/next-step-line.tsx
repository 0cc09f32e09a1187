import { Hourglass } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { DeliveryAttempt, NextStep } from '../../server/contract/message.ts'
import { Countdown } from './countdown.tsx'
import { HistoryStep } from './history-step.tsx'
import type { Formats } from './time.ts'

interface Props {
  next: NextStep
  attempt: DeliveryAttempt | undefined
  formats: Formats
  source: string
}

/** What a delivery that is not over waits for, with the seconds left where they are known. */
export const NextStepLine = ({ next, attempt, formats, source }: Props) => {
  const t = useTranslations('chat.delivery.next')
  const until = attempt?.nextAt
  const words = (seconds: number) => t(next, { channel: source, seconds, shown: formats.number(seconds) })
  const isTimed = until && next !== 'reconnection' && next !== 'earlier'
  return (
    <HistoryStep
      icon={<Hourglass aria-hidden size={15} className="text-zaferan-ink" />}
      at={isTimed ? formats.exact(until) : ''}
      title={isTimed ? <Countdown until={until}>{words}</Countdown> : words(0)}
    />
  )
}
