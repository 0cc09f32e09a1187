'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { useDeferredValue, useState } from 'react'
import { formatsOf } from '../../../../components/chat/time.ts'
import { DoneNote } from '../../../../components/settings/done-note.tsx'
import { ListFailed, ListLoading } from '../../../../components/settings/list-states.tsx'
import { RetentionForm } from '../../../../components/settings/retention-form.tsx'
import { RetentionPreview } from '../../../../components/settings/retention-preview.tsx'
import { PreviewRetention, type RetentionSetting } from '../../../../server/contract/retention.ts'
import { useTRPC } from '../../../_client/trpc.ts'
import { refusalOf } from '../refusal-of.ts'

/** The setting as it is stored, or that it could not be read. */
export const Retention = () => {
  const t = useTranslations('settings.data')
  const { data: stored, isError, refetch } = useQuery(useTRPC().retention.get.queryOptions())
  if (stored) return <Change stored={stored} />
  if (!isError) return <ListLoading />
  return <ListFailed title={t('failed.title')} text={t('failed.text')} onRetry={refetch} />
}

/** What somebody would change it to, with what that would do before it is saved. */
const Change = ({ stored }: { stored: RetentionSetting }) => {
  const t = useTranslations('settings.data')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const formats = formatsOf(useLocale())
  const [wanted, setWanted] = useState<number | null>(stored.days)
  const asked = PreviewRetention.safeParse({ days: useDeferredValue(wanted) })
  const preview = useQuery({
    ...trpc.retention.preview.queryOptions(asked.data ?? { days: 0 }),
    enabled: asked.success,
    staleTime: 0,
  })
  const save = useMutation(
    trpc.retention.set.mutationOptions({
      onSuccess: (saved) => queries.setQueryData(trpc.retention.get.queryKey(), saved),
    }),
  )
  const refusal = refusalOf(save.error)
  const isPreviewed = wanted === null || (asked.data?.days === wanted && preview.data !== undefined)
  return (
    <div className="border-y py-5">
      <DoneNote>{save.isSuccess && wanted === stored.days ? t('saved') : null}</DoneNote>
      <RetentionForm
        stored={stored.days}
        days={wanted}
        canSave={isPreviewed && wanted !== stored.days}
        isBusy={save.isPending}
        refusal={refusal && { code: refusal.code }}
        onChange={setWanted}
        onSave={() => save.mutate({ days: wanted })}
      >
        {asked.success && (
          <RetentionPreview
            preview={preview.data ?? null}
            hasFailed={preview.isError}
            formats={formats}
            onRetry={() => void preview.refetch()}
          />
        )}
      </RetentionForm>
    </div>
  )
}
