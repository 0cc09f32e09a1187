import { useLocale, useTranslations } from 'next-intl'
import type { Channel } from '../../server/contract/channel.ts'
import { formatsOf } from '../chat/time.ts'
import { Switch } from '../ui/switch.tsx'

interface Props {
  channel: Channel
  now: number
  canManage: boolean
  onHumanAgent: (isOn: boolean) => void
}

const DAY_MS = 86_400_000
/** A token that is not renewed by then never was, for weeks. */
const WARN_MS = 10 * DAY_MS

/** Of an Instagram account: how long its access lasts, and whether people may answer after the first day. */
export const InstagramAccess = ({ channel, now, canManage, onHumanAgent }: Props) => {
  const t = useTranslations('settings.channels')
  return (
    <div className="mt-1.5 grid gap-2 ps-14 text-sm text-dim max-pane:ps-0">
      {channel.isConnect && channel.tokenExpiresAt && <Access until={channel.tokenExpiresAt} now={now} />}
      {canManage && (
        <div className="flex items-start justify-between gap-4">
          <div>
            <p className="text-ink">{t('humanAgent')}</p>
            <p id={`human-agent-${channel.id}`}>{t('humanAgentText')}</p>
          </div>
          <Switch
            label={t('humanAgent')}
            isOn={channel.isHumanAgentOn ?? false}
            describedBy={`human-agent-${channel.id}`}
            onChange={onHumanAgent}
          />
        </div>
      )}
    </div>
  )
}

const Access = ({ until, now }: { until: string; now: number }) => {
  const t = useTranslations('settings.channels')
  const { date, number } = formatsOf(useLocale())
  const left = Date.parse(until) - now
  if (left > WARN_MS) return <p>{t('access', { date: date(until) })}</p>
  const days = Math.max(0, Math.floor(left / DAY_MS))
  return (
    <p role="status" className="rounded-control border border-anar-line bg-anar-tint px-3 py-2 text-anar-ink">
      {t('accessEnding', { days, shown: number(days) })}
    </p>
  )
}
