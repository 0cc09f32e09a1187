'use client'

import { type AbstractIntlMessages, NextIntlClientProvider } from 'next-intl'
import { Direction } from 'radix-ui'
import type { ReactNode } from 'react'
import { TooltipProvider } from '../components/ui/tooltip.tsx'
import type { Locale } from '../server/contract/account.ts'
import { directionOf } from './_i18n/direction.ts'

interface Props {
  locale: Locale
  messages: AbstractIntlMessages
  children: ReactNode
}

declare global {
  var __webpack_nonce__: string | undefined
}

// The library under the dialogs writes a style sheet while one is open, and looks here for the page's nonce.
if (typeof document !== 'undefined')
  globalThis.__webpack_nonce__ = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce

/** What every page stands on: words, the reader's own clock, the side from which they read. */
export const Providers = ({ locale, messages, children }: Props) => (
  <NextIntlClientProvider
    locale={locale}
    messages={messages}
    timeZone={new Intl.DateTimeFormat().resolvedOptions().timeZone}
  >
    <Direction.Provider dir={directionOf(locale)}>
      <TooltipProvider>{children}</TooltipProvider>
    </Direction.Provider>
  </NextIntlClientProvider>
)
