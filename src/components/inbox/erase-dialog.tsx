'use client'

import { Check, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { type Refusal, RefusalNote } from '../settings/refusal.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { isolated } from '../ui/display-text.ts'
import { Field } from '../ui/field.tsx'

interface Props {
  name: string
  isBusy: boolean
  refusal: Refusal | null
  onClose: () => void
  onConfirm: () => void
}

/** Says what goes and what stays, and asks for a word: nothing brings it back. */
export const EraseDialog = ({ name, isBusy, refusal, onClose, onConfirm }: Props) => {
  const t = useTranslations('inbox.erasing')
  const id = useId()
  const [typed, setTyped] = useState('')
  const isSure = typed.trim().toLocaleLowerCase() === t('word').toLocaleLowerCase()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isSure && !isBusy) onConfirm()
  }
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && !isBusy && onClose()}
      title={t('title', { name: isolated(name) })}
      description={t('text')}
      closeLabel={t('close')}
      actions={
        <>
          <Button onClick={onClose} disabled={isBusy}>
            {t('cancel')}
          </Button>
          <Button type="submit" form={id} tone="danger" busy={isBusy} disabled={!isSure}>
            {isBusy ? t('submitting') : t('submit')}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={submit} className="grid gap-4">
        <ul className="grid gap-2 text-sm">
          <Line icon={<X aria-hidden size={16} className="text-anar" />}>{t('goes')}</Line>
          <Line icon={<Check aria-hidden size={16} className="text-firuze-ink" />}>{t('stays')}</Line>
        </ul>
        <p className="text-sm text-dim">{t('unlike')}</p>
        <Field
          label={t('confirm', { word: t('word') })}
          value={typed}
          autoComplete="off"
          disabled={isBusy}
          onChange={(event) => setTyped(event.target.value)}
        />
        {isBusy && (
          <p role="status" className="text-sm text-dim">
            {t('progress')}
          </p>
        )}
        <RefusalNote refusal={refusal} />
      </form>
    </Dialog>
  )
}

const Line = ({ icon, children }: { icon: ReactNode; children: ReactNode }) => (
  <li className="flex items-start gap-2">
    <span className="mt-0.75 shrink-0">{icon}</span>
    <span>{children}</span>
  </li>
)
