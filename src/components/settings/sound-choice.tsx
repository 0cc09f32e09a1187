'use client'

import { Volume2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { chime } from '../ui/chime.ts'
import { Segmented } from '../ui/segmented.tsx'
import { PreferenceRow } from './preference-row.tsx'
import { rememberPreference, SOUNDS, type Sound } from './preferences.ts'

export const SoundChoice = ({ stored }: { stored: Sound }) => {
  const t = useTranslations('settings.profile')
  const [sound, setSound] = useState(stored)
  const choose = (next: Sound) => {
    setSound(next)
    rememberPreference('sound', next)
  }
  return (
    <PreferenceRow name={t('sound')} hint={t('soundHint')}>
      <span className="flex flex-wrap items-center gap-2.5">
        <Button onClick={chime}>
          <Volume2 aria-hidden size={15} />
          {t('play')}
        </Button>
        <Segmented
          label={t('sound')}
          className="*:flex-auto"
          value={sound}
          onChange={choose}
          options={SOUNDS.map((value) => ({ value, label: t(`sounds.${value}`) }))}
        />
      </span>
    </PreferenceRow>
  )
}
