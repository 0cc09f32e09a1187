import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { SectionsPage } from '../../../components/settings/sections-page.tsx'
import { WordsOf } from '../../_i18n/words-of.tsx'

const SECTIONS = ['channels', 'people', 'keys', 'security', 'data', 'profile'] as const

export default function SettingsLayout({ children }: { children: ReactNode }) {
  const t = useTranslations('settings')
  const sections = SECTIONS.map((section) => ({
    path: `/settings/${section}`,
    name: t(`sections.${section}`),
  }))
  return (
    <SectionsPage title={t('title')} sections={sections} width="narrow">
      <WordsOf section="settings">{children}</WordsOf>
    </SectionsPage>
  )
}
