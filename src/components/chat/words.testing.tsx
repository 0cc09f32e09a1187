import { configure, render } from '@testing-library/react'
import { NextIntlClientProvider } from 'next-intl'
import type { ReactElement } from 'react'
import en from '../translations/console.en.json'
import fa from '../translations/console.fa.json'
import siteEn from '../translations/site.en.json'
import siteFa from '../translations/site.fa.json'
import spamEn from '../translations/spam.en.json'
import spamFa from '../translations/spam.fa.json'
import { TooltipProvider } from '../ui/tooltip.tsx'

// What is loaded when it is needed takes its time on a busy machine; a test ends as soon as it is there.
configure({ asyncUtilTimeout: 15_000 })

const WORDS = { fa: { ...fa, ...siteFa, ...spamFa }, en: { ...en, ...siteEn, ...spamEn } }

/** Renders with the words of one language, as the console does. */
export const renderIn = (locale: 'fa' | 'en', element: ReactElement) => {
  const wrapper = ({ children }: { children: React.ReactNode }) => (
    <NextIntlClientProvider locale={locale} messages={WORDS[locale]} timeZone="Asia/Tehran">
      <TooltipProvider>{children}</TooltipProvider>
    </NextIntlClientProvider>
  )
  return render(element, { wrapper })
}
