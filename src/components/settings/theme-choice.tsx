'use client'

import { Monitor, Moon, Sun } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Segmented } from '../ui/segmented.tsx'
import { PreferenceRow } from './preference-row.tsx'
import { applyTheme, rememberPreference, THEMES, type Theme } from './preferences.ts'

const ICONS = { system: Monitor, light: Sun, dark: Moon } as const

export const ThemeChoice = ({ stored }: { stored: Theme }) => {
  const t = useTranslations('site.theme')
  const profile = useTranslations('settings.profile')
  const [theme, setTheme] = useState(stored)
  const choose = (next: Theme) => {
    setTheme(next)
    applyTheme(next)
    rememberPreference('theme', next)
  }
  return (
    <PreferenceRow name={profile('theme')} hint={profile('themeHint')}>
      <Segmented
        label={profile('theme')}
        className="*:flex-auto"
        value={theme}
        onChange={choose}
        options={THEMES.map((value) => {
          const Icon = ICONS[value]
          return { value, label: t(value), icon: <Icon size={15} aria-hidden className="shrink-0" /> }
        })}
      />
    </PreferenceRow>
  )
}
