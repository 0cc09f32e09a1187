import { CircleAlert, CircleCheck, CircleHelp, CircleX } from 'lucide-react'
import { useFormatter, useLocale, useNow, useTranslations } from 'next-intl'
import type { ChannelCheck, CheckState, Remedy } from '../../server/contract/channel-health.ts'
import { formatsOf } from '../chat/time.ts'
import { Button } from '../ui/button.tsx'
import { ForeignWords } from './refusal.tsx'

export const LOOKS = {
  broken: { Icon: CircleX, colour: 'text-anar', tone: 'anar' },
  warning: { Icon: CircleAlert, colour: 'text-zaferan', tone: 'zaferan' },
  unknown: { Icon: CircleHelp, colour: 'text-dim', tone: 'neutral' },
  ok: { Icon: CircleCheck, colour: 'text-firuze', tone: 'firuze' },
} as const satisfies Record<CheckState, unknown>

export interface RemedyProps {
  /** What is being repaired now. */
  busy: Remedy | null
  onRemedy: (remedy: Remedy) => void
}

interface Props extends RemedyProps {
  check: ChannelCheck
  /** What is offered here to mend it. */
  remedy: Remedy | null
}

/** One thing that was looked at, and the button that mends it. */
export const DoctorCheck = ({ check, remedy, busy, onRemedy }: Props) => {
  const t = useTranslations('settings.doctor')
  return (
    <li data-check={check.code} className="flex flex-wrap gap-x-3 gap-y-2 py-3">
      <CheckMark state={check.state} />
      <div className="min-w-48 flex-1">
        <h3 className="font-medium">{t(`checks.${check.code}`)}</h3>
        <Finding check={check} />
      </div>
      {remedy && <RemedyButton remedy={remedy} busy={busy} onRemedy={onRemedy} />}
    </li>
  )
}

const CheckMark = ({ state }: { state: CheckState }) => {
  const t = useTranslations('settings.doctor.states')
  const { Icon, colour } = LOOKS[state]
  return (
    <span className={`mt-0.5 shrink-0 ${colour}`}>
      <Icon size={18} aria-hidden />
      <span className="sr-only">{t(state)}:</span>
    </span>
  )
}

const Finding = ({ check: { code, finding, at, count, words, origin } }: { check: ChannelCheck }) => {
  const t = useTranslations('settings.doctor.findings')
  const { number } = formatsOf(useLocale())
  // The server's findings and the sentences are held together by a test.
  const sentence = t(`${code}.${finding}` as 'pending.few', {
    count: Math.abs(count ?? 0),
    shown: number(Math.abs(count ?? 0)),
  })
  return (
    <p className="text-sm text-dim wrap-anywhere">
      {sentence}
      {at && (
        <>
          {' '}
          <When at={at} />
        </>
      )}
      {(words ?? origin) && (
        <>
          {' '}
          <ForeignWords>{words ?? origin ?? ''}</ForeignWords>
        </>
      )}
    </p>
  )
}

const When = ({ at }: { at: string }) => {
  const now = useNow({ updateInterval: 30_000 })
  const { full } = formatsOf(useLocale())
  const ago = useFormatter().relativeTime(new Date(at), now)
  return (
    <time dateTime={at} title={full(at)} className="whitespace-nowrap">
      ({ago})
    </time>
  )
}

const RemedyButton = ({ remedy, busy, onRemedy }: RemedyProps & { remedy: Remedy }) => {
  const t = useTranslations('settings.doctor.remedies')
  return (
    <Button
      size="sm"
      className="max-pane:ms-7.5"
      busy={busy === remedy}
      disabled={busy !== null}
      onClick={() => onRemedy(remedy)}
    >
      {t(remedy)}
    </Button>
  )
}
