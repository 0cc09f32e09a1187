import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { connection } from 'next/server'
import { getTranslations } from 'next-intl/server'
import { door } from '../_auth/door.ts'
import { messagesOf } from '../_i18n/messages.ts'
import { WordsOf } from '../_i18n/words-of.tsx'
import { Simulator } from './simulator.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('simulator'))('title'),
})

export default async function SimulatorPage() {
  await connection()
  if (!door().about().simulator) notFound()
  // A phone speaks its owner's language, whatever the page around it speaks.
  const words = { fa: phoneWords('fa'), en: phoneWords('en') }
  return (
    <WordsOf section="simulator">
      <Simulator words={words} />
    </WordsOf>
  )
}

const phoneWords = (locale: 'fa' | 'en') => ({ simulator: { phone: messagesOf(locale).simulator.phone } })
