'use client'

import { Keyboard, Languages, LogOut, Monitor, Moon, Sun } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactElement } from 'react'
import type { Locale } from '../../server/contract/account.ts'
import type { Theme } from '../settings/preferences.ts'
import { Menu, MenuChoice, MenuHeading, MenuItem, MenuLine } from '../ui/menu.tsx'
import { Name } from '../ui/name.tsx'

interface Props {
  trigger: ReactElement
  name: string
  email: string
  locale: Locale
  theme: Theme
  onLocale: (locale: Locale) => void
  onTheme: (theme: Theme) => void
  onShortcuts: () => void
  onSignOut: () => void
}

/** The person's own menu at the foot of the rail; loaded with the first click on its button. */
export const AccountMenu = (props: Props) => {
  const t = useTranslations('shell.account')
  const icon = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const
  return (
    <Menu defaultOpen side="top" align="start" trigger={props.trigger}>
      <MenuHeading>
        <span className="block font-strong">
          <Name>{props.name}</Name>
        </span>
        <span className="block text-sm text-dim">
          <Name className="ltr">{props.email}</Name>
        </span>
      </MenuHeading>
      <MenuLine />
      <MenuChoice
        label={t('theme')}
        value={props.theme}
        onChange={props.onTheme}
        options={[
          { value: 'system', label: t('themes.system'), icon: <Monitor {...icon} /> },
          { value: 'light', label: t('themes.light'), icon: <Sun {...icon} /> },
          { value: 'dark', label: t('themes.dark'), icon: <Moon {...icon} /> },
        ]}
      />
      <MenuLine />
      <MenuChoice
        label={t('language')}
        value={props.locale}
        onChange={props.onLocale}
        options={[
          { value: 'fa', label: <span lang="fa">فارسی</span>, icon: <Languages {...icon} /> },
          { value: 'en', label: <span lang="en">English</span>, icon: <Languages {...icon} /> },
        ]}
      />
      <MenuLine />
      <MenuItem icon={<Keyboard {...icon} />} hint="?" onSelect={props.onShortcuts}>
        {t('shortcuts')}
      </MenuItem>
      <MenuItem icon={<LogOut {...icon} className="mirror" />} onSelect={props.onSignOut}>
        {t('signOut')}
      </MenuItem>
    </Menu>
  )
}
