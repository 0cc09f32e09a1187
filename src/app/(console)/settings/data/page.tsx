import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireSession } from '../../../_auth/session.ts'
import { DataScreen } from './data-screen.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('settings.sections'))('data'),
})

export default async function DataPage() {
  await requireSession('/settings/data')
  return <DataScreen />
}
