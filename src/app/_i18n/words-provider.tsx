'use client'

import { NextIntlClientProvider, useLocale, useMessages } from 'next-intl'
import { type ReactNode, useMemo } from 'react'
import type { Messages } from './messages.ts'

/** More words than around it; the language and the reader's clock stay. */
export const WordsProvider = ({ words, children }: { words: Partial<Messages>; children: ReactNode }) => {
  const around = useMessages()
  const messages = useMemo(() => ({ ...around, ...words }), [around, words])
  return (
    <NextIntlClientProvider locale={useLocale()} messages={messages}>
      {children}
    </NextIntlClientProvider>
  )
}
