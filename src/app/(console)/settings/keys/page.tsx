import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireSession } from '../../../_auth/session.ts'
import { KeysScreen } from './keys-screen.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('settings.sections'))('keys'),
})

export default async function KeysPage() {
  await requireSession('/settings/keys')
  return <KeysScreen />
}
