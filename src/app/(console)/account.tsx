'use client'

import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import { postSignOut } from '../../components/auth/post-auth.ts'
import { AccountButton } from '../../components/inbox/account-button.tsx'
import { applyTheme, rememberPreference, type Theme, toTheme } from '../../components/settings/preferences.ts'
import type { Locale } from '../../server/contract/account.ts'
import { useConsole } from '../_client/console-provider.tsx'
import { useStore } from '../_client/store.ts'
import { complain } from './complain.ts'

const loadMenu = () => import('../../components/inbox/account-menu.tsx').then((module) => module.AccountMenu)
const AccountMenu = dynamic(loadMenu, { ssr: false })

/** The person's menu, with what it does. */
export const Account = ({ onShortcuts }: { onShortcuts: () => void }) => {
  const { self, client, connection } = useConsole()
  const t = useTranslations('shell.account')
  const router = useRouter()
  const locale = useLocale() === 'fa' ? 'fa' : 'en'
  const [theme, setTheme] = useState<Theme>(() => toTheme(document.documentElement.dataset.theme))
  const [wasOpened, setWasOpened] = useState(false)
  const isOnline = useStore(connection.state, ({ phase }) => phase === 'open')

  const chooseTheme = (next: Theme) => {
    setTheme(next)
    applyTheme(next)
    rememberPreference('theme', next)
  }
  const chooseLocale = (next: Locale) => {
    rememberPreference('locale', next)
    void client.people.setLocale.mutate({ locale: next }).catch(() => null)
    router.refresh()
  }
  const signOut = async () => {
    const { ok } = await postSignOut()
    if (ok) window.location.assign('/login')
    else complain(t('signOutFailed'))
  }
  const button = (
    <AccountButton
      person={self}
      isOnline={isOnline}
      onFocus={() => void loadMenu()}
      onPointerEnter={() => void loadMenu()}
      onClick={() => setWasOpened(true)}
    />
  )
  if (!wasOpened) return button
  return (
    <AccountMenu
      trigger={button}
      name={self.name}
      email={self.email}
      locale={locale}
      theme={theme}
      onLocale={chooseLocale}
      onTheme={chooseTheme}
      onShortcuts={onShortcuts}
      onSignOut={() => void signOut()}
    />
  )
}
