import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireSession } from '../../../_auth/session.ts'
import { ChannelsScreen } from './channels-screen.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('settings.sections'))('channels'),
})

export default async function ChannelsPage() {
  await requireSession('/settings/channels')
  return <ChannelsScreen />
}
