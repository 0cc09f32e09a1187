'use client'

import { Languages } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { buttonClass } from '../ui/button.tsx'
import { rememberPreference } from './preferences.ts'

/** Turns the page to the other language, which it calls by its own name. */
export const LanguageSwitch = () => {
  const t = useTranslations('site.language')
  const router = useRouter()
  const other = useLocale() === 'fa' ? 'en' : 'fa'
  const turn = () => {
    rememberPreference('locale', other)
    router.refresh()
  }
  return (
    <button type="button" lang={other} onClick={turn} className={buttonClass('quiet')}>
      <Languages size={16} aria-hidden />
      {t(other)}
    </button>
  )
}
