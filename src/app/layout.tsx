import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import { getLocale, getMessages, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { preferenceCookies, toSendKey, toTheme } from '../components/settings/preferences.ts'
import { directionOf } from './_i18n/direction.ts'
import { pickWords } from './_i18n/words.ts'
import './globals.css'
import { Providers } from './providers.tsx'

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  // The composer stays above the keyboard of a phone.
  interactiveWidget: 'resizes-content',
}

export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations('site')
  return {
    title: { default: t('name'), template: `%s · ${t('name')}` },
    description: t('description'),
    applicationName: t('name'),
    robots: { index: false, follow: false },
    formatDetection: { telephone: false, address: false, email: false },
  }
}

// Language, direction and theme are in the first byte that leaves the server, so nothing flashes.
export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, messages, jar] = await Promise.all([getLocale(), getMessages(), cookies()])
  return (
    <html
      lang={locale}
      dir={directionOf(locale)}
      data-theme={toTheme(jar.get(preferenceCookies.theme)?.value)}
      data-send-key={toSendKey(jar.get(preferenceCookies.sendKey)?.value)}
    >
      <body>
        <Providers locale={locale} messages={pickWords(messages, 'everywhere')}>
          {children}
        </Providers>
      </body>
    </html>
  )
}
