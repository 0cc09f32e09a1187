'use client'

import { useTranslations } from 'next-intl'
import { useReducer, useState, useSyncExternalStore } from 'react'
import { Segmented } from '../ui/segmented.tsx'
import { PreferenceRow } from './preference-row.tsx'
import { DESKTOPS, type Desktop, rememberPreference } from './preferences.ts'

const HINTS = {
  missing: 'desktopMissing',
  denied: 'desktopBlocked',
  granted: 'desktopHint',
  default: 'desktopHint',
} as const

/** What the desktop tells; a browser is asked for its leave when somebody chooses it, and never before. */
export const DesktopChoice = ({ stored }: { stored: Desktop }) => {
  const t = useTranslations('settings.profile')
  const [chosen, setChosen] = useState(stored)
  // A browser does not tell that its leave has changed.
  const [, lookAgain] = useReducer((count: number) => count + 1, 0)
  const leave = useSyncExternalStore(subscribeToNothing, leaveNow, () => 'default' as const)
  const choose = async (next: Desktop) => {
    const given = next === 'off' || leave === 'missing' ? leave : await Notification.requestPermission()
    lookAgain()
    const allowed = given === 'granted' ? next : 'off'
    setChosen(allowed)
    rememberPreference('desktop', allowed)
  }
  return (
    <PreferenceRow name={t('desktop')} hint={t(HINTS[leave])}>
      <Segmented
        label={t('desktop')}
        className="*:flex-auto"
        value={leave === 'granted' ? chosen : 'off'}
        onChange={(next) => void choose(next)}
        options={DESKTOPS.map((value) => ({ value, label: t(`desktops.${value}`) }))}
      />
    </PreferenceRow>
  )
}

const subscribeToNothing = () => () => {}
const leaveNow = () => ('Notification' in window ? Notification.permission : 'missing')
