'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '../../../_client/trpc.ts'
import { refusalOf } from '../refusal-of.ts'

export type TwoFactorAct = 'enrol' | 'off' | 'renew'

/** Turning the second step on and off and renewing its codes: which dialog is open, and how far it is. */
export const useTwoFactor = () => {
  const t = useTranslations('settings.twoFactor.done')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const [act, setAct] = useState<TwoFactorAct | null>(null)
  const [done, setDone] = useState<string | null>(null)
  const refresh = () => queries.invalidateQueries({ queryKey: trpc.twoFactor.get.queryKey() })
  // What is secret is shown from the answer itself and forgotten with it.
  const once = { gcTime: 0, onSettled: () => void refresh() }
  const begin = useMutation(trpc.twoFactor.begin.mutationOptions(once))
  const confirm = useMutation(trpc.twoFactor.confirm.mutationOptions(once))
  const renew = useMutation(trpc.twoFactor.renewCodes.mutationOptions(once))
  const disable = useMutation(trpc.twoFactor.disable.mutationOptions(once))

  const reset = () => {
    for (const { reset: forget } of [begin, confirm, renew, disable]) forget()
  }
  const open = (next: TwoFactorAct) => {
    reset()
    setDone(null)
    setAct(next)
  }
  const close = () => {
    if (confirm.data) setDone(t('on'))
    if (renew.data) setDone(t('renewed'))
    reset()
    setAct(null)
  }
  const turnOff = (proof: { password: string; code: string }) =>
    disable.mutate(proof, {
      onSuccess: () => {
        setAct(null)
        setDone(t('off'))
      },
    })

  return {
    act,
    done,
    open,
    close,
    enrolment: begin.data ?? null,
    codes: confirm.data?.codes ?? renew.data?.codes ?? null,
    begin: stateOf(begin, begin.mutate),
    confirm: stateOf(confirm, confirm.mutate),
    renew: stateOf(renew, renew.mutate),
    turnOff: stateOf(disable, turnOff),
  }
}

const stateOf = <Run>(
  { isPending: isBusy, error }: { isPending: boolean; error: { message: string } | null },
  run: Run,
) => {
  const refusal = refusalOf(error)
  return { run, isBusy, refusal: refusal && { code: refusal.code } }
}
