'use client'

import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { CreateApiKey, KeyScope } from '../../server/contract/account.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { CopyField } from './copy-field.tsx'
import { CreateKeyForm } from './create-key-form.tsx'
import type { Refusal } from './refusal.tsx'

interface Props {
  /** What is chosen to begin with. */
  scopes: readonly KeyScope[]
  onClose: () => void
  onCreate: (key: CreateApiKey) => void
  isBusy: boolean
  refusal: Refusal | null
  /** The key itself, once it has been made. */
  made: string | null
}

/** Makes a key and hands it over, once. */
export const CreateKeyDialog = ({ made, onClose, ...form }: Props) => {
  const t = useTranslations('settings.createKey')
  const common = useTranslations('settings')
  if (made === null) return <CreateKeyForm {...form} onClose={onClose} />
  return (
    <Dialog
      open
      isSticky
      onOpenChange={(open) => !open && onClose()}
      title={t('ready')}
      description={t.rich('readyText', {
        code: (words) => (
          <code className="ltr whitespace-nowrap rounded-md bg-hover px-1.5 py-0.5 text-sm">{words}</code>
        ),
      })}
      closeLabel={common('close')}
      actions={<Button onClick={onClose}>{t('done')}</Button>}
    >
      <div className="grid gap-4">
        <p className="flex items-start gap-2 rounded-control border border-zaferan-line bg-zaferan-tint px-3 py-2 text-sm">
          <TriangleAlert aria-hidden size={16} className="mt-0.75 shrink-0 text-zaferan-ink" />
          {t('once')}
        </p>
        <CopyField label={t('key')} value={made} copyLabel={t('copy')} copiedLabel={t('copied')} />
      </div>
    </Dialog>
  )
}
