import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { SectionsPage } from '../../../components/settings/sections-page.tsx'
import { WordsOf } from '../../_i18n/words-of.tsx'

const SECTIONS = ['overview', 'connections', 'blocked', 'events', 'audit'] as const

export default function SecurityLayout({ children }: { children: ReactNode }) {
  const t = useTranslations('security')
  const sections = SECTIONS.map((section) => ({
    path: `/security/${section}`,
    name: t(`sections.${section}`),
  }))
  return (
    <SectionsPage title={t('title')} sections={sections} width="wide">
      <WordsOf section="security">{children}</WordsOf>
    </SectionsPage>
  )
}
