import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireSession } from '../../../_auth/session.ts'
import { Gate } from '../gate.tsx'
import { EventsScreen } from './events-screen.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('security.sections'))('events'),
})

export default async function EventsPage() {
  await requireSession('/security/events')
  return (
    <Gate>
      <EventsScreen />
    </Gate>
  )
}
