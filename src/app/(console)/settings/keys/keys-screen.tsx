'use client'

import { useQuery } from '@tanstack/react-query'
import { KeyRound, Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { CreateKeyDialog } from '../../../../components/settings/create-key-dialog.tsx'
import { DoneNote } from '../../../../components/settings/done-note.tsx'
import { KeyRow } from '../../../../components/settings/key-row.tsx'
import { ListFailed, ListLoading } from '../../../../components/settings/list-states.tsx'
import { RevokeKeyDialog } from '../../../../components/settings/revoke-key-dialog.tsx'
import { Rows, Section } from '../../../../components/settings/section.tsx'
import { Button } from '../../../../components/ui/button.tsx'
import { EmptyState } from '../../../../components/ui/empty-state.tsx'
import { hasRight } from '../../../../server/contract/rights.ts'
import { useTRPC } from '../../../_client/trpc.ts'
import { Bot } from './bot.tsx'
import { type KeyAct, useKeyActs } from './use-key-acts.tsx'

/** The keys by which programs work here, and the bot that is one of them. */
export const KeysScreen = () => {
  const t = useTranslations('settings.keys')
  const { data: me, isError } = useQuery(useTRPC().people.me.queryOptions())
  const acts = useKeyActs()
  const { open } = acts
  // While nobody knows the role the lists say how it goes.
  if (me && !hasRight(me.workspace.role, 'manageKeys')) {
    return (
      <Section title={t('title')}>
        <EmptyState icon={<KeyRound size={24} />} title={t('agents.title')} className="border-y">
          {t('agents.text')}
        </EmptyState>
      </Section>
    )
  }
  return (
    <>
      <Section
        title={t('title')}
        text={t('text')}
        action={
          me && (
            <Button tone="primary" onClick={() => open({ kind: 'create', scopes: [] })}>
              <Plus size={17} aria-hidden />
              {t('create')}
            </Button>
          )
        }
      >
        <DoneNote>{acts.done}</DoneNote>
        {me || isError ? <KeyList onAct={open} /> : <ListLoading />}
      </Section>
      {me && <Bot onCreateKey={() => open({ kind: 'create', scopes: ['ai'] })} />}
      <ActDialogs acts={acts} />
    </>
  )
}

const KeyList = ({ onAct }: { onAct: (act: KeyAct) => void }) => {
  const t = useTranslations('settings.keys')
  const { data: keys, isError, refetch } = useQuery(useTRPC().keys.list.queryOptions())
  if (!keys) {
    if (!isError) return <ListLoading />
    return <ListFailed title={t('failed.title')} text={t('failed.text')} onRetry={refetch} />
  }
  if (keys.length === 0) {
    return (
      <EmptyState icon={<KeyRound size={24} />} title={t('empty.title')} className="border-y">
        {t('empty.text')}
      </EmptyState>
    )
  }
  return (
    <Rows label={t('list')}>
      {keys.map((apiKey) => (
        <KeyRow key={apiKey.id} apiKey={apiKey} onRevoke={() => onAct({ kind: 'revoke', apiKey })} />
      ))}
    </Rows>
  )
}

const ActDialogs = ({ acts: { act, close, create, revoke } }: { acts: ReturnType<typeof useKeyActs> }) => {
  if (act?.kind === 'create') {
    return (
      <CreateKeyDialog
        scopes={act.scopes}
        onClose={close}
        onCreate={create.run}
        isBusy={create.isBusy}
        refusal={create.refusal}
        made={create.made}
      />
    )
  }
  if (act?.kind !== 'revoke') return null
  return (
    <RevokeKeyDialog
      apiKey={act.apiKey}
      onClose={close}
      onConfirm={() => revoke.run(act.apiKey)}
      isBusy={revoke.isBusy}
      refusal={revoke.refusal}
    />
  )
}
