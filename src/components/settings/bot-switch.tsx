'use client'

import { KeyRound } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { Button } from '../ui/button.tsx'
import { Switch } from '../ui/switch.tsx'
import { type Refusal, RefusalNote } from './refusal.tsx'

interface Props {
  isOn: boolean
  /** Whether a program could answer: without a key the switch alone does nothing, and says so. */
  hasKey: boolean
  refusal: Refusal | null
  onSwitch: (isOn: boolean) => void
  onCreateKey: () => void
}

export const BotSwitch = ({ isOn, hasKey, refusal, onSwitch, onCreateKey }: Props) => {
  const t = useTranslations('settings.bot')
  const id = useId()
  return (
    <div className="grid gap-3 border-y py-3.5">
      <div className="flex items-start justify-between gap-6">
        <div className="min-w-0">
          <p className="font-medium">{t('switch')}</p>
          {(hasKey || !isOn) && (
            <p id={id} className="text-sm text-dim">
              {t(isOn ? 'on' : 'off')}
            </p>
          )}
        </div>
        <span className="mt-0.5">
          <Switch label={t('switch')} isOn={isOn} describedBy={id} onChange={onSwitch} />
        </span>
      </div>
      {!hasKey && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2.5 rounded-control border border-zaferan-line bg-zaferan-tint px-3 py-2.5 text-sm">
          <KeyRound aria-hidden size={16} className="shrink-0 text-zaferan-ink" />
          <p id={isOn ? id : undefined} className="min-w-50 flex-1">
            {t(isOn ? 'noKey' : 'noKeyOff')}
          </p>
          <Button size="sm" onClick={onCreateKey}>
            {t('createKey')}
          </Button>
        </div>
      )}
      <RefusalNote refusal={refusal} />
    </div>
  )
}
