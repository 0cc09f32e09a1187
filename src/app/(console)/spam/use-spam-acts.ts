import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import { formatsOf } from '../../../components/chat/time.ts'
import { MAX_SETTLED } from '../../../server/contract/spam.ts'
import { useTRPC } from '../../_client/trpc.ts'
import { refusalOf } from '../settings/refusal-of.ts'

/** Releasing and deleting: what is asked about, how far it is, and what was done last. */
export const useSpamActs = (onGone: () => void) => {
  const t = useTranslations('spam')
  const formats = formatsOf(useLocale())
  const trpc = useTRPC()
  const queries = useQueryClient()
  const [asked, setAsked] = useState<readonly string[] | null>(null)
  const [done, setDone] = useState<string | null>(null)
  const finish = (sentence: 'released' | 'discarded') => async (settled: { messageIds: string[] }) => {
    await queries.invalidateQueries({ queryKey: trpc.spam.pathKey() })
    const count = settled.messageIds.length
    setAsked(null)
    setDone(t(sentence, { count, shown: formats.number(count) }))
    // The list is drawn again first.
    requestAnimationFrame(onGone)
  }
  const release = useMutation(trpc.spam.release.mutationOptions({ onSuccess: finish('released') }))
  const discard = useMutation(trpc.spam.discard.mutationOptions({ onSuccess: finish('discarded') }))
  const begin = () => {
    release.reset()
    discard.reset()
    setDone(null)
  }
  return {
    asked,
    done,
    isBusy: release.isPending || discard.isPending,
    refusal: refusalOf(release.error ?? discard.error),
    release: (ids: readonly string[]) => {
      begin()
      release.mutate({ messageIds: ids.slice(0, MAX_SETTLED) })
    },
    ask: (ids: readonly string[]) => {
      begin()
      setAsked(ids.slice(0, MAX_SETTLED))
    },
    close: () => setAsked(null),
    discard: () => discard.mutate({ messageIds: [...(asked ?? [])] }),
  }
}

export type SpamActs = ReturnType<typeof useSpamActs>
