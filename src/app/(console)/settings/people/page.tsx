import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireSession } from '../../../_auth/session.ts'
import { PeopleScreen } from './people-screen.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('settings.sections'))('people'),
})

export default async function PeoplePage() {
  const { userId } = await requireSession('/settings/people')
  return <PeopleScreen userId={userId} />
}
