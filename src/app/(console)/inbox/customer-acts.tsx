'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { CustomerMenu } from '../../../components/inbox/customer-menu.tsx'
import { EraseDialog } from '../../../components/inbox/erase-dialog.tsx'
import { RefusalNote } from '../../../components/settings/refusal.tsx'
import { answerOf, useTRPC } from '../../_client/trpc.ts'
import { fetchFile } from '../fetch-file.ts'
import { useRight } from '../use-right.ts'

interface Props {
  customerId: number
  name: string
  isErased: boolean
}

/** Taking a customer's data out, and erasing it; what is shown of them goes with the live event. */
export const CustomerActs = ({ customerId, name, isErased }: Props) => {
  const t = useTranslations('inbox.data')
  const [canExport, canErase] = [useRight('exportData'), useRight('delete')]
  const [isErasing, setIsErasing] = useState(false)
  const erasure = useMutation(useTRPC().customers.erase.mutationOptions())
  const file = useMutation({ mutationFn: () => fetchFile(`/downloads/customers/${customerId}`) })
  const erase = () => erasure.mutate({ customerId }, { onSuccess: () => setIsErasing(false) })
  // The menu gives the focus back to its button first, so that the dialog can return it there.
  const ask = () => void requestAnimationFrame(() => setIsErasing(true))
  return (
    <>
      <CustomerMenu
        onExport={canExport ? () => file.mutate() : null}
        onErase={canErase && !isErased ? ask : null}
      />
      {file.isPending && (
        <p role="status" className="w-full text-sm text-dim">
          {t('preparing')}
        </p>
      )}
      {file.data && (
        <div className="w-full text-start">
          <RefusalNote refusal={file.data} sentences={{ forbidden: t('forbidden') }} />
        </div>
      )}
      {isErasing && (
        <EraseDialog
          name={name}
          isBusy={erasure.isPending}
          refusal={erasure.error && { code: answerOf(erasure.error) }}
          onClose={() => setIsErasing(false)}
          onConfirm={erase}
        />
      )}
    </>
  )
}
