import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Brand } from '../../components/auth/brand.tsx'
import { Scene } from '../../components/auth/scene.tsx'
import { LanguageSwitch } from '../../components/settings/language-switch.tsx'
import { WordsOf } from '../_i18n/words-of.tsx'

export default function AuthLayout({ children }: { children: ReactNode }) {
  const t = useTranslations('site')
  return (
    <div className="grid min-h-dvh min-[960px]:grid-cols-[minmax(0,1fr)_minmax(0,1.15fr)]">
      <div className="flex min-w-0 flex-col px-5 pb-8 pt-5 pane:px-8">
        <header className="flex items-center justify-between">
          <Brand name={t('name')} />
          <LanguageSwitch />
        </header>
        <main className="m-auto w-full max-w-90 py-10">
          <WordsOf section="auth">{children}</WordsOf>
        </main>
      </div>
      <Scene />
    </div>
  )
}
