'use client'

import { CloudAlert, Users } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { type AbstractIntlMessages, useLocale, useTranslations } from 'next-intl'
import { formatChats, MAX_PHONES, readChats } from '../../components/simulator/chats-in-url.ts'
import { Button } from '../../components/ui/button.tsx'
import { EmptyState } from '../../components/ui/empty-state.tsx'
import { Spinner } from '../../components/ui/spinner.tsx'
import type { SimulatorCast } from '../../server/contract/simulator.ts'
import { PhoneSlot } from './phone-slot.tsx'
import { Sidebar, TopBar } from './surroundings.tsx'
import { useCast } from './use-cast.ts'

export type PhoneWords = Record<'fa' | 'en', AbstractIntlMessages>

export const Simulator = ({ words }: { words: PhoneWords }) => {
  const t = useTranslations('simulator')
  const { state, reload } = useCast()
  if (state.phase === 'ready' && state.cast.people.length > 0)
    return <Phones cast={state.cast} words={words} />
  return (
    <main className="grid min-h-dvh place-items-center">
      <h1 className="sr-only">{t('title')}</h1>
      {state.phase === 'loading' && (
        <p role="status" className="flex items-center gap-2 text-dim">
          <Spinner />
          {t('loading')}
        </p>
      )}
      {state.phase === 'failed' && (
        <EmptyState
          tone="anar"
          icon={<CloudAlert size={24} />}
          title={t('failed.title')}
          action={<Button onClick={reload}>{t('failed.action')}</Button>}
        >
          {t('failed.text')}
        </EmptyState>
      )}
      {state.phase === 'ready' && (
        <EmptyState icon={<Users size={24} />} title={t('empty.title')}>
          {t('empty.text')}
        </EmptyState>
      )}
    </main>
  )
}

const Phones = ({ cast, words }: { cast: SimulatorCast; words: PhoneWords }) => {
  const { chats, show } = useOpenChats(cast)
  const open = chats.flatMap((chat) => cast.people.filter((person) => person.chatId === chat))
  const [first] = open
  const around = {
    people: cast.people,
    open: chats,
    onOpen: (chat: number) => show([chat, ...chats.slice(1).filter((other) => other !== chat)]),
    onOpenBeside: (chat: number) => show([...chats.slice(0, MAX_PHONES - 1), chat]),
  }
  return (
    <div className="flex h-dvh flex-col pane:flex-row">
      {first && <TopBar {...around} current={first} />}
      <Sidebar {...around} />
      <main className="flex min-h-0 flex-1 justify-center gap-8 pane:p-5">
        {open.map((person, index) => (
          <PhoneSlot
            key={person.chatId}
            person={person}
            bot={cast.bot}
            words={words[person.lang]}
            isSecond={index > 0}
            onClose={open.length > 1 ? () => show(chats.filter((chat) => chat !== person.chatId)) : undefined}
          />
        ))}
      </main>
    </div>
  )
}

const useOpenChats = ({ people }: SimulatorCast) => {
  const locale = useLocale()
  const asked = useSearchParams().get('chats')
  const fallback = people.find((person) => person.lang === locale) ?? people[0]
  const chats = readChats(
    asked,
    people.map((person) => person.chatId),
    fallback?.chatId,
  )
  // Next reads the address back from the history, so no request is made for what is here already.
  const show = (next: number[]) => window.history.replaceState(null, '', formatChats(next))
  return { chats, show }
}
