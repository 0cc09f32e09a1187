'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { useDeviceName } from '../../../../components/ui/use-device-name.ts'
import type { AccountSession } from '../../../../server/contract/session.ts'
import { useTRPC } from '../../../_client/trpc.ts'
import { refusalOf } from '../refusal-of.ts'

/** Ending one session, or all others: how far it is, and what was done last. */
export const useSessionActs = () => {
  const t = useTranslations('account.sessions')
  const nameOf = useDeviceName()
  const trpc = useTRPC()
  const queries = useQueryClient()
  const [isOpen, setIsOpen] = useState(false)
  const [done, setDone] = useState<ReactNode>(null)
  const onSettled = () => queries.invalidateQueries({ queryKey: trpc.account.sessions.queryKey() })
  const one = useMutation(trpc.account.endSession.mutationOptions({ onSettled }))
  const others = useMutation(trpc.account.endOtherSessions.mutationOptions({ onSettled }))

  const end = ({ id, device }: AccountSession) => {
    setDone(null)
    const onSuccess = () => setDone(t.rich('ended', { name: () => <bdi>{nameOf(device)}</bdi> }))
    one.mutate({ id }, { onSuccess })
  }
  const openOthers = () => {
    others.reset()
    one.reset()
    setDone(null)
    setIsOpen(true)
  }
  const runOthers = () =>
    others.mutate(undefined, {
      onSuccess: ({ ended }) => {
        setIsOpen(false)
        setDone(t('othersEnded', { ended }))
      },
    })

  return {
    done,
    end,
    ending: one.isPending ? one.variables.id : null,
    refusal: codeOnly(one.error),
    others: {
      isOpen,
      open: openOthers,
      close: () => setIsOpen(false),
      run: runOthers,
      isBusy: others.isPending,
      refusal: codeOnly(others.error),
    },
  }
}

const codeOnly = (error: { message: string } | null) => {
  const refusal = refusalOf(error)
  return refusal && { code: refusal.code }
}
