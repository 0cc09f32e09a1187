import { getMessages } from 'next-intl/server'
import type { ReactNode } from 'react'
import { pickWords, type WORDS } from './words.ts'
import { WordsProvider } from './words-provider.tsx'

/** Gives what is inside the words of its section, too. */
export const WordsOf = async ({
  section,
  children,
}: {
  section: keyof typeof WORDS
  children: ReactNode
}) => <WordsProvider words={pickWords(await getMessages(), section)}>{children}</WordsProvider>
