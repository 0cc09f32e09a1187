'use client'

import { ShieldCheck, TriangleAlert } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { RECOVERY_CODES, type TwoFactor } from '../../server/contract/two-factor.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { cx } from '../ui/cx.ts'

/** With this many or fewer recovery codes it is time for new ones. */
const FEW = 3
const PLACES = Array.from({ length: RECOVERY_CODES }, (_, place) => place)

interface Props {
  twoFactor: TwoFactor
  onAct: (act: 'enrol' | 'off' | 'renew') => void
}

/** Whether a second step is asked for, and how many ways around a lost phone are left. */
export const TwoFactorCard = ({ twoFactor, onAct }: Props) => {
  const t = useTranslations('settings.twoFactor')
  if (!twoFactor.isOn)
    return (
      <Row name={<Badge>{t('off')}</Badge>} hint={t('offHint')}>
        <Button tone="primary" onClick={() => onAct('enrol')}>
          {t('turnOn')}
        </Button>
      </Row>
    )
  return (
    <div className="divide-y">
      <Row
        name={
          <Badge tone="firuze" icon={<ShieldCheck size={13} aria-hidden />}>
            {t('on')}
          </Badge>
        }
        hint={t('onHint')}
      >
        <Button onClick={() => onAct('off')}>{t('turnOff')}</Button>
      </Row>
      <Row name={<RecoveryLeft left={twoFactor.recoveryLeft} />} hint={t('recoveryHint')}>
        <Button onClick={() => onAct('renew')}>{t('renew')}</Button>
      </Row>
    </div>
  )
}

const Row = ({
  name,
  hint,
  children,
}: {
  name: React.ReactNode
  hint: string
  children: React.ReactNode
}) => (
  <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 py-3.5">
    <div className="grid min-w-40 flex-1 justify-items-start gap-1">
      {name}
      <p className="text-sm text-dim">{hint}</p>
    </div>
    {children}
  </div>
)

/** The number, and a pip for each code there was. */
const RecoveryLeft = ({ left }: { left: number }) => {
  const t = useTranslations('settings.twoFactor')
  const format = useFormatter()
  const isFew = left <= FEW
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span className="font-medium">
        {t('recoveryLeft', { left: format.number(left), all: format.number(RECOVERY_CODES) })}
      </span>
      <span aria-hidden className="flex gap-1">
        {PLACES.map((place) => (
          <span
            key={place}
            className={cx(
              'size-2 rounded-full border',
              place >= left
                ? 'border-edge/60'
                : isFew
                  ? 'border-zaferan bg-zaferan'
                  : 'border-firuze bg-firuze',
            )}
          />
        ))}
      </span>
      {isFew && (
        <Badge tone="zaferan" icon={<TriangleAlert size={13} aria-hidden />}>
          {t('few')}
        </Badge>
      )}
    </div>
  )
}
