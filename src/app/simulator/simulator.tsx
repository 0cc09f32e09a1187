'use client'

import { CloudAlert, Users } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { type AbstractIntlMessages, useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import {
  firstChats,
  formatChats,
  MAX_PHONES,
  readChats,
  withChat,
} from '../../components/simulator/chats-in-url.ts'
import { FaultsPanel } from '../../components/simulator/faults-panel.tsx'
import { PhoneTabs } from '../../components/simulator/phone-tabs.tsx'
import { Button } from '../../components/ui/button.tsx'
import { cx } from '../../components/ui/cx.ts'
import { EmptyState } from '../../components/ui/empty-state.tsx'
import { Spinner } from '../../components/ui/spinner.tsx'
import type { SimulatedBusiness, SimulatedPerson, SimulatorCast } from '../../server/contract/simulator.ts'
import { PhoneSlot } from './phone-slot.tsx'
import { Sidebar, TopBar } from './surroundings.tsx'
import { useCast } from './use-cast.ts'
import { useFaults } from './use-faults.ts'

type PhoneWords = Record<'fa' | 'en', AbstractIntlMessages>

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
  const faults = useFaults()
  const [front, setFront] = useState<number | 'faults'>()
  const open = chats.flatMap((chat) => cast.people.filter((person) => person.chatId === chat))
  const shown = open.find(({ chatId }) => chatId === front) ?? open[0]
  const openChat = (chat: number) => {
    setFront(chat)
    show(withChat(cast.people, chats, chat))
  }
  const around = {
    people: cast.people,
    open: chats,
    faults,
    onOpen: openChat,
    onOpenBeside: (chat: number) => {
      setFront(chat)
      show([...chats.slice(0, MAX_PHONES - 1), chat])
    },
  }
  return (
    <div className="flex h-dvh flex-col pane:flex-row">
      {shown && <TopBar {...around} current={shown} />}
      <Sidebar {...around} />
      <main className="flex min-h-0 min-w-0 flex-1 flex-col">
        <PhoneTabs
          people={open}
          faults={faults.state?.faults.length ?? 0}
          value={front === 'faults' ? front : String(shown?.chatId)}
          onChange={(value) => setFront(value === 'faults' ? value : Number(value))}
        />
        {front === 'faults' && (
          <div className="min-h-0 flex-1 overflow-y-auto pane:hidden">
            <FaultsPanel {...faults} />
          </div>
        )}
        <div
          className={cx(
            'min-h-0 flex-1 justify-center gap-6 pane:flex pane:p-5',
            front === 'faults' ? 'hidden' : 'flex',
          )}
        >
          {open.map((person) => (
            <PhoneSlot
              key={person.chatId}
              person={person}
              business={businessOf(cast, person)}
              words={words[person.lang]}
              isHidden={person !== shown}
              onClose={
                open.length > 1 ? () => show(chats.filter((chat) => chat !== person.chatId)) : undefined
              }
            />
          ))}
        </div>
      </main>
    </div>
  )
}

const businessOf = ({ businesses }: SimulatorCast, { platform }: SimulatedPerson): SimulatedBusiness => {
  const business = businesses.find((one) => one.platform === platform)
  if (!business) throw new Error(`Nobody sells on ${platform}`)
  return business
}

const useOpenChats = ({ people }: SimulatorCast) => {
  const locale = useLocale()
  const asked = useSearchParams().get('chats')
  const chats = readChats(
    asked,
    people.map((person) => person.chatId),
    firstChats(people, locale),
  )
  // Next reads the address back from the history, so no request is made for what is here already.
  const show = (next: number[]) => window.history.replaceState(null, '', formatChats(next))
  return { chats, show }
}
