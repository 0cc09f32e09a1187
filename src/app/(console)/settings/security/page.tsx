import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireSession } from '../../../_auth/session.ts'
import { PasswordSection } from './password.tsx'
import { SessionsSection } from './sessions.tsx'
import { TwoFactorSection } from './two-factor.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('settings.sections'))('security'),
})

export default async function SecurityPage() {
  await requireSession('/settings/security')
  return (
    <>
      <PasswordSection />
      <TwoFactorSection />
      <SessionsSection />
    </>
  )
}
