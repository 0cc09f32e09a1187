'use client'

import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { Button } from '../ui/button.tsx'
import { Switch } from '../ui/switch.tsx'
import { CopyField } from './copy-field.tsx'

interface Props {
  isEnforced: boolean
  onEnforce: (isEnforced: boolean) => void
  /** Null until somebody asks for it. */
  secret: string | null
  isBusy: boolean
  /** True of one that was made just now. */
  isNew: boolean
  show: () => void
  rotate: () => void
}

/** Whether visitors must be proved, and the secret that proves them. */
export const WebsiteIdentity = ({ isEnforced, onEnforce, secret, isBusy, isNew, show, rotate }: Props) => {
  const t = useTranslations('settings.website')
  const id = useId()
  return (
    <>
      <div className="flex items-center justify-between gap-6">
        <div>
          <p className="font-medium">{t('enforce')}</p>
          <p id={id} className="text-sm text-dim">
            {t(isEnforced ? 'enforceOn' : 'enforceOff')}
          </p>
        </div>
        <Switch label={t('enforce')} isOn={isEnforced} describedBy={id} onChange={onEnforce} />
      </div>
      <p className="text-sm text-dim">{t('secretText')}</p>
      {secret === null ? (
        <Button onClick={show} busy={isBusy} className="justify-self-start">
          {t('show')}
        </Button>
      ) : (
        <div className="grid gap-3">
          <CopyField label={t('secret')} value={secret} copyLabel={t('copy')} copiedLabel={t('copied')} />
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <Button onClick={rotate} busy={isBusy}>
              {t('rotate')}
            </Button>
            <p role="status" className="text-sm text-dim">
              {t(isNew ? 'rotated' : 'rotateText')}
            </p>
          </div>
        </div>
      )}
    </>
  )
}
