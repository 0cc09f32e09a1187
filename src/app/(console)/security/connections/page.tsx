import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireSession } from '../../../_auth/session.ts'
import { ConnectionsScreen } from './connections-screen.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('connections'))('title'),
})

export default async function ConnectionsPage() {
  await requireSession('/security/connections')
  return <ConnectionsScreen />
}
