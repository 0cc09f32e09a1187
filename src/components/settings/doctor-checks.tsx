import { useLocale, useTranslations } from 'next-intl'
import type { ChannelCheck, ChannelHealth, CheckState } from '../../server/contract/channel-health.ts'
import { formatsOf } from '../chat/time.ts'
import { Badge } from '../ui/badge.tsx'
import { DoctorCheck, LOOKS, type RemedyProps } from './doctor-check.tsx'

const ORDER: CheckState[] = ['broken', 'warning', 'unknown', 'ok']

/** In one word how a channel is. */
export const HealthBadge = ({ state }: Pick<ChannelHealth, 'state'>) => {
  const t = useTranslations('settings.doctor.states')
  const { Icon, tone } = LOOKS[state]
  return (
    <Badge tone={tone} icon={<Icon size={13} aria-hidden />}>
      {t(state)}
    </Badge>
  )
}

type Props = RemedyProps & { checks: ChannelCheck[]; canManage: boolean }

/** What was found, the worst first. What works stands folded beside what does not. */
export const DoctorChecks = ({ checks, ...rest }: Props) => {
  const t = useTranslations('settings.doctor')
  const { number } = formatsOf(useLocale())
  const sorted = checks.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))
  const wrong = sorted.filter(({ state }) => state !== 'ok')
  const well = sorted.filter(({ state }) => state === 'ok')
  if (wrong.length === 0) return <List label={t('list')} checks={well} {...rest} />
  return (
    <div>
      <List label={t('list')} checks={wrong} {...rest} />
      {well.length > 0 && (
        <details>
          <summary className="touch w-fit cursor-pointer py-3 text-sm font-medium text-dim hover:text-ink">
            {t('well', { count: well.length, shown: number(well.length) })}
          </summary>
          <List label={t('wellList')} checks={well} {...rest} />
        </details>
      )}
    </div>
  )
}

const List = ({ label, checks, canManage, ...rest }: Props & { label: string }) => (
  <ul aria-label={label} className="divide-y border-y">
    {checks.map((check) => (
      <DoctorCheck
        key={check.code}
        check={check}
        remedy={canManage && isFirstOf(checks, check) ? check.remedy : null}
        {...rest}
      />
    ))}
  </ul>
)

/** What mends several things is offered once, where the worst of them stands. */
const isFirstOf = (checks: ChannelCheck[], { code, state, remedy }: ChannelCheck): boolean =>
  state !== 'ok' && checks.find((one) => one.remedy === remedy && one.state !== 'ok')?.code === code
