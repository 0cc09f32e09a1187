'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { AccountCard } from '../../../../components/settings/account-card.tsx'
import { DesktopChoice } from '../../../../components/settings/desktop-choice.tsx'
import { ListFailed, ListLoading } from '../../../../components/settings/list-states.tsx'
import type { Desktop, SendKey, Sound, Theme } from '../../../../components/settings/preferences.ts'
import { Section } from '../../../../components/settings/section.tsx'
import { SendKeyChoice } from '../../../../components/settings/send-key-choice.tsx'
import { SignOutButton } from '../../../../components/settings/sign-out-button.tsx'
import { SoundChoice } from '../../../../components/settings/sound-choice.tsx'
import { ThemeChoice } from '../../../../components/settings/theme-choice.tsx'
import { useTRPC } from '../../../_client/trpc.ts'
import { AccountLanguage } from './account-language.tsx'

interface Props {
  theme: Theme
  sendKey: SendKey
  sound: Sound
  desktop: Desktop
}

export const ProfileScreen = ({ theme, sendKey, sound, desktop }: Props) => {
  const t = useTranslations('settings.profile')
  return (
    <>
      <Section title={t('account')} action={<SignOutButton />}>
        <Account />
      </Section>
      <Section title={t('appearance')}>
        <div className="divide-y border-y">
          <AccountLanguage />
          <ThemeChoice stored={theme} />
          <SendKeyChoice stored={sendKey} />
        </div>
      </Section>
      <Section title={t('alerts')}>
        <div className="divide-y border-y">
          <SoundChoice stored={sound} />
          <DesktopChoice stored={desktop} />
        </div>
      </Section>
    </>
  )
}

const Account = () => {
  const t = useTranslations('settings.profile.failed')
  const { data: me, isError, refetch } = useQuery(useTRPC().people.me.queryOptions())
  if (me) return <AccountCard me={me} />
  if (!isError) return <ListLoading />
  return <ListFailed title={t('title')} text={t('text')} onRetry={refetch} />
}
