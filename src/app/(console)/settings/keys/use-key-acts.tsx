'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { Name } from '../../../../components/ui/name.tsx'
import type { ApiKey, KeyScope } from '../../../../server/contract/account.ts'
import { useTRPC } from '../../../_client/trpc.ts'
import { refusalOf } from '../refusal-of.ts'

/** What somebody is about to do to the keys. */
export type KeyAct = { kind: 'create'; scopes: readonly KeyScope[] } | { kind: 'revoke'; apiKey: ApiKey }

/** Creating and revoking: which dialog is open, how far it is, and what was done last. */
export const useKeyActs = () => {
  const t = useTranslations('settings.revokeKey')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const [act, setAct] = useState<KeyAct | null>(null)
  const [done, setDone] = useState<ReactNode>(null)
  // The last key that could answer as the bot may have come or gone.
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: trpc.keys.list.queryKey() }),
      queries.invalidateQueries({ queryKey: trpc.people.bot.queryKey() }),
    ])
  const create = useMutation(trpc.keys.create.mutationOptions({ gcTime: 0, onSuccess: () => void refresh() }))
  const revoke = useMutation(trpc.keys.revoke.mutationOptions({ onSettled: refresh }))

  const open = (next: KeyAct) => {
    create.reset()
    revoke.reset()
    setDone(null)
    setAct(next)
  }
  const close = () => {
    // The key must not stay in memory longer than it is shown.
    create.reset()
    setAct(null)
  }
  const runRevoke = ({ id, name }: ApiKey) =>
    revoke.mutate(
      { id },
      {
        onSuccess: () => {
          setAct(null)
          setDone(t.rich('done', { name: () => <Name>{name}</Name> }))
        },
      },
    )

  return {
    act,
    done,
    open,
    close,
    create: {
      run: create.mutate,
      isBusy: create.isPending,
      refusal: codeOnly(create.error),
      made: create.data?.key ?? null,
    },
    revoke: { run: runRevoke, isBusy: revoke.isPending, refusal: codeOnly(revoke.error) },
  }
}

// No platform has spoken here, and our own words are in the reader's language.
const codeOnly = (error: { message: string } | null) => {
  const refusal = refusalOf(error)
  return refusal && { code: refusal.code }
}
