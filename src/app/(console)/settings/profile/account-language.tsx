'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { PreferenceRow } from '../../../../components/settings/preference-row.tsx'
import { rememberPreference } from '../../../../components/settings/preferences.ts'
import { Segmented } from '../../../../components/ui/segmented.tsx'
import type { Locale } from '../../../../server/contract/account.ts'
import { useTRPC } from '../../../_client/trpc.ts'

const LOCALES: readonly Locale[] = ['fa', 'en']

/** The language of the interface, in this browser at once and with the account for the next one. */
export const AccountLanguage = () => {
  const t = useTranslations('settings.profile')
  const names = useTranslations('site.language')
  const router = useRouter()
  const keep = useMutation(useTRPC().people.setLocale.mutationOptions())
  const turn = (locale: Locale) => {
    rememberPreference('locale', locale)
    keep.mutate({ locale })
    router.refresh()
  }
  return (
    <PreferenceRow name={t('language')} hint={t('languageHint')}>
      <Segmented
        label={t('language')}
        value={useLocale()}
        onChange={turn}
        options={LOCALES.map((locale) => ({
          value: locale,
          label: <span lang={locale}>{names(locale)}</span>,
        }))}
      />
    </PreferenceRow>
  )
}
