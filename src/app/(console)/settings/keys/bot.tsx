'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { BotSwitch } from '../../../../components/settings/bot-switch.tsx'
import { ListFailed, ListLoading } from '../../../../components/settings/list-states.tsx'
import { Section } from '../../../../components/settings/section.tsx'
import { useTRPC } from '../../../_client/trpc.ts'
import { refusalOf } from '../refusal-of.ts'

/** Whether the bot answers first: turned at once, and back where the server does not take it. */
export const Bot = ({ onCreateKey }: { onCreateKey: () => void }) => {
  const t = useTranslations('settings.bot')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const queryKey = trpc.people.bot.queryKey()
  const { data: bot, isError, refetch } = useQuery(trpc.people.bot.queryOptions())
  const turn = useMutation(
    trpc.people.setBot.mutationOptions({
      onSuccess: (state) => queries.setQueryData(queryKey, state),
    }),
  )
  const refusal = refusalOf(turn.error)
  const shown = bot && (turn.isPending ? { ...bot, isOn: turn.variables.isOn } : bot)
  return (
    <Section title={t('title')} text={t('text')}>
      {!shown && !isError && <ListLoading />}
      {!shown && isError && (
        <ListFailed title={t('failed.title')} text={t('failed.text')} onRetry={refetch} />
      )}
      {shown && (
        <BotSwitch
          {...shown}
          refusal={refusal && { code: refusal.code }}
          onSwitch={(isOn) => turn.mutate({ isOn })}
          onCreateKey={onCreateKey}
        />
      )}
    </Section>
  )
}
