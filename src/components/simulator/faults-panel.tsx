'use client'

import { CircleCheck, Hourglass, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import {
  SimulatedPlatform,
  SimulatedTrouble,
  type SimulatorFaults,
  type SimulatorTrouble,
  TROUBLES,
} from '../../server/contract/simulator.ts'
import { Button } from '../ui/button.tsx'
import { cx } from '../ui/cx.ts'

interface Props {
  /** Null until it is known. */
  state: SimulatorFaults | null
  hasFailed: boolean
  onTrouble: (trouble: SimulatorTrouble) => void
  onTravel: (hours: 25 | 192) => void
  onNormal: () => void
}

/** What goes wrong on the platforms, by button: what is active, and one way back. */
export const FaultsPanel = ({ state, hasFailed, onTrouble, onTravel, onNormal }: Props) => {
  const t = useTranslations('simulator.faults')
  const active = state?.faults.length ?? 0
  return (
    <section aria-label={t('title')} className="grid gap-4 px-3 pt-2 pb-4 pane:pt-0">
      <div
        role="status"
        className={cx(
          'grid gap-2 rounded-card border p-3 text-sm',
          // The way back stays in sight, however far down the trouble was made.
          active > 0
            ? 'sticky inset-bs-0 z-10 border-zaferan-line bg-zaferan-tint text-zaferan-ink'
            : 'text-dim',
        )}
      >
        <p className="flex items-center gap-2">
          {active > 0 ? <TriangleAlert size={17} aria-hidden /> : <CircleCheck size={17} aria-hidden />}
          {hasFailed ? t('failed') : t('active', { count: active })}
        </p>
        {active > 0 && (
          <Button size="sm" onClick={onNormal}>
            {t('normal')}
          </Button>
        )}
      </div>
      {SimulatedPlatform.options.map((platform) => (
        <Platform key={platform} platform={platform} state={state} onTrouble={onTrouble} />
      ))}
      <Travel hours={state?.traveledHours ?? 0} onTravel={onTravel} />
    </section>
  )
}

type PlatformProps = Pick<Props, 'state' | 'onTrouble'> & { platform: SimulatedPlatform }

const Platform = ({ platform, state, onTrouble }: PlatformProps) => {
  const t = useTranslations('simulator')
  return (
    <div>
      <h2 className="px-1 pb-1 text-sm font-strong">{t(`platform.${platform}`)}</h2>
      <ul className="grid gap-1">
        {SimulatedTrouble.options
          .filter((trouble) => TROUBLES[platform][trouble])
          .map((trouble) => (
            <Trouble key={trouble} {...{ platform, trouble, state, onTrouble }} />
          ))}
      </ul>
    </div>
  )
}

const Trouble = ({ platform, trouble, state, onTrouble }: PlatformProps & { trouble: SimulatedTrouble }) => {
  const t = useTranslations('simulator.faults')
  const where = useTranslations('simulator.platform')(platform)
  const now = state?.faults.find((one) => one.platform === platform && one.trouble === trouble)
  return (
    <li className={cx('rounded-card px-2 py-1.5', now && 'bg-zaferan-tint')}>
      <p className="font-medium">{t(`${trouble}.name`)}</p>
      <p className="text-xs text-dim">{t(`${trouble}.text`)}</p>
      <fieldset
        aria-label={t('of', { trouble: t(`${trouble}.name`), platform: where })}
        className="mt-1 flex flex-wrap gap-1.5"
      >
        {TROUBLES[platform][trouble]?.map((until) => (
          <Button
            key={until}
            size="sm"
            tone={now?.until === until ? 'strong' : 'plain'}
            aria-pressed={now?.until === until}
            disabled={state === null}
            onClick={() => onTrouble({ platform, trouble, until: now?.until === until ? 'none' : until })}
          >
            {t(`until.${trouble === 'out_of_order' && until === 'once' ? 'twice' : until}`)}
          </Button>
        ))}
      </fieldset>
    </li>
  )
}

const Travel = ({ hours, onTravel }: { hours: number; onTravel: Props['onTravel'] }) => {
  const t = useTranslations('simulator.faults')
  return (
    <div className="px-1">
      <h2 className="flex items-center gap-1.5 pb-1 text-sm font-strong">
        <Hourglass size={15} aria-hidden />
        {t('travel.title')}
      </h2>
      <p className="text-xs text-dim">{t('travel.text')}</p>
      <div className="mt-1.5 flex flex-wrap items-center gap-1.5">
        <Button size="sm" onClick={() => onTravel(25)}>
          {t('travel.day')}
        </Button>
        <Button size="sm" onClick={() => onTravel(192)}>
          {t('travel.week')}
        </Button>
        {hours > 0 && (
          <span role="status" className="text-xs text-dim">
            {t('travel.sofar', { hours })}
          </span>
        )}
      </div>
    </div>
  )
}
