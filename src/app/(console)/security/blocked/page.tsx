import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireSession } from '../../../_auth/session.ts'
import { Gate } from '../gate.tsx'
import { BlockedScreen } from './blocked-screen.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('security.sections'))('blocked'),
})

export default async function BlockedPage() {
  await requireSession('/security/blocked')
  return (
    <Gate>
      <BlockedScreen />
    </Gate>
  )
}
