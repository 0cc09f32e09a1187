import { render } from '@testing-library/react'
import { NextIntlClientProvider } from 'next-intl'
import type { ReactElement } from 'react'
import en from '../translations/console.en.json'
import fa from '../translations/console.fa.json'
import spamEn from '../translations/spam.en.json'
import spamFa from '../translations/spam.fa.json'
import { TooltipProvider } from '../ui/tooltip.tsx'

/** Renders with the words of one language, as the console does. */
export const renderIn = (locale: 'fa' | 'en', element: ReactElement) => {
  const wrapper = ({ children }: { children: React.ReactNode }) => (
    <NextIntlClientProvider
      locale={locale}
      messages={locale === 'fa' ? { ...fa, ...spamFa } : { ...en, ...spamEn }}
      timeZone="Asia/Tehran"
    >
      <TooltipProvider>{children}</TooltipProvider>
    </NextIntlClientProvider>
  )
  return render(element, { wrapper })
}
