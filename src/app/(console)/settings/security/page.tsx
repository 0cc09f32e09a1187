import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireSession } from '../../../_auth/session.ts'
import { TwoFactorSection } from './two-factor.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('settings.sections'))('security'),
})

export default async function SecurityPage() {
  await requireSession('/settings/security')
  return <TwoFactorSection />
}
