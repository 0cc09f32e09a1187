'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import type { Refusal } from '../../../components/settings/refusal.tsx'
import type { BlockAddress } from '../../../server/contract/security.ts'
import { answerOf, useTRPC } from '../../_client/trpc.ts'

// Our own words are in the reader's language.
const codeOnly = (error: unknown): Refusal | null => (error ? { code: answerOf(error) } : null)

/** Keeping addresses out and letting them in again, and what was done last. */
export const useBlocking = () => {
  const t = useTranslations('security.blocked')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const [done, setDone] = useState<ReactNode>(null)
  const onSettled = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: trpc.security.blocked.queryKey() }),
      queries.invalidateQueries({ queryKey: trpc.security.events.pathKey() }),
    ])
  const block = useMutation(trpc.security.block.mutationOptions({ onSettled }))
  const letIn = useMutation(trpc.security.unblock.mutationOptions({ onSettled }))
  const named = (ip: string) => ({ ip: () => <bdi className="ltr font-medium">{ip}</bdi> })
  return {
    done,
    block: {
      run: (entry: BlockAddress, onDone: () => void) =>
        block.mutate(entry, {
          onSuccess: ({ ip }) => {
            setDone(t.rich('added', named(ip)))
            onDone()
          },
        }),
      reset: block.reset,
      isBusy: block.isPending,
      refusal: codeOnly(block.error),
    },
    letIn: {
      run: (ip: string) => letIn.mutate({ ip }, { onSuccess: () => setDone(t.rich('letInDone', named(ip))) }),
      isBusy: letIn.isPending,
      refusal: codeOnly(letIn.error),
    },
  }
}
