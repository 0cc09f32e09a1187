import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireSession } from '../../_auth/session.ts'
import { SpamScreen } from './spam-screen.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('spam'))('title'),
})

export default async function SpamPage() {
  await requireSession('/spam')
  return <SpamScreen />
}
