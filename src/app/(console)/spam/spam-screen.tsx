'use client'

import { ShieldCheck } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { type RefObject, useRef, useState } from 'react'
import { formatsOf } from '../../../components/chat/time.ts'
import { DoneNote } from '../../../components/settings/done-note.tsx'
import { RefusalNote } from '../../../components/settings/refusal.tsx'
import { DiscardDialog } from '../../../components/spam/discard-dialog.tsx'
import { SpamBar } from '../../../components/spam/spam-bar.tsx'
import { SpamRow } from '../../../components/spam/spam-row.tsx'
import { SpamFailed, SpamLoading } from '../../../components/spam/spam-states.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { EmptyState } from '../../../components/ui/empty-state.tsx'
import type { HeldMessage } from '../../../server/contract/spam.ts'
import { useSpam, useSpamCount } from '../../_client/use-spam.ts'
import { useNow } from '../inbox/use-now.ts'
import { useRight } from '../use-right.ts'
import { type SpamActs, useSpamActs } from './use-spam-acts.ts'

/** What customers wrote and is held: to be let in, or to be deleted for good. */
export const SpamScreen = () => {
  const t = useTranslations('spam')
  const count = useSpamCount()
  const formats = formatsOf(useLocale())
  const spam = useSpam()
  const rows = useRef<HTMLUListElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const acts = useSpamActs(() => focusFirst(rows, heading))
  return (
    <div data-pane className="h-full min-h-0 min-w-0 flex-1 overflow-y-auto bg-surface">
      <div className="mx-auto max-w-210 px-4 py-5 pane:px-10">
        <header className="mb-5">
          <h1 ref={heading} tabIndex={-1} className="text-xl font-strong outline-none">
            {t('title')}
          </h1>
          <p className="text-dim">{t('text')}</p>
          <p role="status" className="mt-1 text-sm font-medium">
            {count !== null && count > 0 && t('count', { count, shown: formats.number(count) })}
          </p>
        </header>
        <DoneNote>{acts.done}</DoneNote>
        {acts.refusal && !acts.asked && <RefusalNote refusal={acts.refusal} />}
        {spam.rows === null && spam.hasFailed && <SpamFailed onRetry={spam.reload} />}
        {spam.rows === null && !spam.hasFailed && <SpamLoading />}
        {spam.rows?.length === 0 && (
          <EmptyState icon={<ShieldCheck size={24} />} title={t('empty.title')} className="border-y">
            {t('empty.text')}
          </EmptyState>
        )}
        {spam.rows !== null && spam.rows.length > 0 && (
          <HeldList messages={spam.rows} acts={acts} list={rows} />
        )}
        {spam.hasMore && (
          <div className="mt-4 flex justify-center">
            <Button busy={spam.isLoadingMore} onClick={spam.loadMore}>
              {t('more')}
            </Button>
          </div>
        )}
      </div>
      {acts.asked && (
        <DiscardDialog
          count={acts.asked.length}
          isBusy={acts.isBusy}
          refusal={acts.refusal}
          onClose={acts.close}
          onConfirm={acts.discard}
        />
      )}
    </div>
  )
}

interface ListProps {
  messages: readonly HeldMessage[]
  acts: SpamActs
  list: RefObject<HTMLUListElement | null>
}

const HeldList = ({ messages, acts, list }: ListProps) => {
  const t = useTranslations('spam')
  const formats = formatsOf(useLocale())
  const now = useNow()
  const canDelete = useRight('delete')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  // What left the list is not chosen any more.
  const ids = messages.map(({ id }) => id).filter((id) => chosen.has(id))
  const choose = (id: string, isChosen: boolean) => {
    const next = new Set(ids)
    if (isChosen) next.add(id)
    else next.delete(id)
    setChosen(next)
  }
  return (
    <>
      <SpamBar
        shown={messages.length}
        chosen={ids.length}
        canDelete={canDelete}
        isBusy={acts.isBusy}
        number={formats.number}
        onAll={(isChosen) => setChosen(new Set(isChosen ? messages.map(({ id }) => id) : []))}
        onRelease={() => acts.release(ids)}
        onDiscard={() => acts.ask(ids)}
      />
      <ul ref={list} aria-label={t('list')} className="divide-y border-b">
        {messages.map((message) => (
          <SpamRow
            key={message.id}
            message={message}
            isChosen={chosen.has(message.id)}
            canDelete={canDelete}
            isBusy={acts.isBusy}
            formats={formats}
            now={now}
            onChoose={choose}
            onRelease={(id) => acts.release([id])}
            onDiscard={(id) => acts.ask([id])}
          />
        ))}
      </ul>
    </>
  )
}

/** The row that had the focus is gone: it goes to the first that is left, else to the heading. */
const focusFirst = (rows: RefObject<HTMLElement | null>, heading: RefObject<HTMLElement | null>) => {
  const active = document.activeElement
  if (active && active !== document.body && active.isConnected) return
  ;(rows.current?.querySelector<HTMLElement>('[data-release]') ?? heading.current)?.focus()
}
