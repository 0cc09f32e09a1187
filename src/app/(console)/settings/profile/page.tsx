import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { getTranslations } from 'next-intl/server'
import {
  preferenceCookies,
  toDesktop,
  toSendKey,
  toSound,
  toTheme,
} from '../../../../components/settings/preferences.ts'
import { requireSession } from '../../../_auth/session.ts'
import { ProfileScreen } from './profile-screen.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('settings.sections'))('profile'),
})

export default async function ProfilePage() {
  await requireSession('/settings/profile')
  const jar = await cookies()
  return (
    <ProfileScreen
      theme={toTheme(jar.get(preferenceCookies.theme)?.value)}
      sendKey={toSendKey(jar.get(preferenceCookies.sendKey)?.value)}
      sound={toSound(jar.get(preferenceCookies.sound)?.value)}
      desktop={toDesktop(jar.get(preferenceCookies.desktop)?.value)}
    />
  )
}
