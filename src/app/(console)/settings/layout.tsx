import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { SettingsNav } from '../../../components/settings/settings-nav.tsx'
import { WordsOf } from '../../_i18n/words-of.tsx'

const COLUMN = 'mx-auto max-w-210 px-4 pane:px-10'

export default function SettingsLayout({ children }: { children: ReactNode }) {
  const t = useTranslations('settings')
  return (
    <div className="h-full min-h-0 min-w-0 flex-1 overflow-y-auto bg-surface">
      <header className="sticky inset-bs-0 z-10 border-b bg-surface pt-4 pane:pt-5">
        <div className={COLUMN}>
          <h1 className="text-xl font-strong">{t('title')}</h1>
          <SettingsNav
            label={t('title')}
            sections={(['channels', 'people', 'keys', 'security', 'data', 'profile'] as const).map(
              (section) => ({
                path: `/settings/${section}`,
                name: t(`sections.${section}`),
              }),
            )}
          />
        </div>
      </header>
      <div className={`${COLUMN} py-7`}>
        <WordsOf section="settings">{children}</WordsOf>
      </div>
    </div>
  )
}
