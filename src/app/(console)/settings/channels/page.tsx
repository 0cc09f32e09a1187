import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireSession } from '../../../_auth/session.ts'
import { ChannelsScreen } from './channels-screen.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('settings.sections'))('channels'),
})

interface Props {
  searchParams: Promise<{ channel?: string | string[] }>
}

export default async function ChannelsPage({ searchParams }: Props) {
  await requireSession('/settings/channels')
  const { channel } = await searchParams
  return <ChannelsScreen examined={typeof channel === 'string' ? Number(channel) : null} />
}
