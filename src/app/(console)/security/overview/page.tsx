import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireSession } from '../../../_auth/session.ts'
import { Gate } from '../gate.tsx'
import { OverviewScreen } from './overview-screen.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('security.sections'))('overview'),
})

export default async function OverviewPage() {
  await requireSession('/security/overview')
  return (
    <Gate>
      <OverviewScreen />
    </Gate>
  )
}
