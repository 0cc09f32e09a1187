'use client'

import { useMutation } from '@tanstack/react-query'
import { Download, EllipsisVertical } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { RefusalNote } from '../../../components/settings/refusal.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { IconButton } from '../../../components/ui/icon-button.tsx'
import { answerOf, useTRPC } from '../../_client/trpc.ts'
import { fetchFile } from '../fetch-file.ts'
import { useRight } from '../use-right.ts'

const loadMenu = () =>
  import('../../../components/inbox/customer-menu.tsx').then((module) => module.CustomerMenu)
const CustomerMenu = dynamic(loadMenu, { ssr: false })
const EraseDialog = dynamic(
  () => import('../../../components/inbox/erase-dialog.tsx').then((module) => module.EraseDialog),
  { ssr: false },
)

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
  const [wasOpened, setWasOpened] = useState(false)
  const erasure = useMutation(useTRPC().customers.erase.mutationOptions())
  const file = useMutation({ mutationFn: () => fetchFile(`/downloads/customers/${customerId}`) })
  const erase = () => erasure.mutate({ customerId }, { onSuccess: () => setIsErasing(false) })
  // The menu gives the focus back to its button first, so that the dialog can return it there.
  const ask = () => void requestAnimationFrame(() => setIsErasing(true))
  const onErase = canErase && !isErased ? ask : null
  if (!canExport && !onErase) return null
  // One deed needs no menu; but one that was open gets the focus back when its dialog ends.
  const isOnly = !onErase && !wasOpened
  const button = isOnly ? (
    <Button size="sm" onClick={() => file.mutate()}>
      <Download aria-hidden size={14} />
      {t('export')}
    </Button>
  ) : (
    <IconButton
      label={t('menu')}
      aria-haspopup="menu"
      onFocus={() => void loadMenu()}
      onPointerEnter={() => void loadMenu()}
      onClick={() => setWasOpened(true)}
    >
      <EllipsisVertical aria-hidden size={18} strokeWidth={1.75} />
    </IconButton>
  )
  return (
    <>
      {wasOpened ? (
        <CustomerMenu trigger={button} onExport={canExport ? () => file.mutate() : null} onErase={onErase} />
      ) : (
        button
      )}
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
