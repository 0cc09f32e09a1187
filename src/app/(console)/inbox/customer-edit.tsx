'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useLocale } from 'next-intl'
import { formatsOf } from '../../../components/chat/time.ts'
import { type CustomerChange, EditCustomerDialog } from '../../../components/inbox/edit-customer-dialog.tsx'
import type { Customer } from '../../../server/contract/customer.ts'
import { putCustomer } from '../../_client/console-cache.ts'
import { useConsole } from '../../_client/console-provider.tsx'
import { answerOf, useTRPC } from '../../_client/trpc.ts'

interface Props {
  customer: Customer
  onClose: () => void
}

/** From the form to the customer as everybody sees them. */
export const CustomerEdit = ({ customer, onClose }: Props) => {
  const { client, cache } = useConsole()
  const trpc = useTRPC()
  const queries = useQueryClient()
  const known = useQuery(trpc.tags.list.queryOptions())
  const save = useMutation({
    mutationFn: async ({ fields, tags }: CustomerChange) => {
      const names = tags?.filter(({ id }) => id === null).map(({ name }) => name) ?? []
      const made = names.length > 0 ? await client.tags.create.mutate({ names }) : []
      const ids = [...(tags ?? []).flatMap(({ id }) => id ?? []), ...made.map(({ id }) => id)]
      const input = { customerId: customer.id, ...fields, ...(tags && { tagIds: [...new Set(ids)] }) }
      return client.customers.update.mutate(input)
    },
    onSuccess: (changed) => {
      cache.set((current) => putCustomer(current, changed))
      void queries.invalidateQueries({ queryKey: trpc.tags.list.queryKey() })
      onClose()
    },
  })
  const onSave = (change: CustomerChange) => {
    if (change.tags === null && Object.keys(change.fields).length === 0) onClose()
    else save.mutate(change)
  }
  return (
    <EditCustomerDialog
      customer={customer}
      knownTags={known.data ?? []}
      haveTagsFailed={known.isError}
      formats={formatsOf(useLocale())}
      isBusy={save.isPending}
      refusal={save.error && { code: answerOf(save.error) }}
      onSave={onSave}
      onClose={onClose}
    />
  )
}
