'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { type Refusal, RefusalNote } from './refusal.tsx'
import { readOrigins } from './website-origins.ts'
import { OriginsField } from './website-origins-field.tsx'

interface Props {
  onClose: () => void
  onConnect: (website: { name: string; allowed_origins: string[] }) => void
  isBusy: boolean
  refusal: Refusal | null
}

/** Asks what a website is called and which pages are its own. */
export const ConnectWebsiteDialog = ({ onClose, onConnect, isBusy, refusal }: Props) => {
  const t = useTranslations('settings.website')
  const common = useTranslations('settings')
  const form = useId()
  const [name, setName] = useState('')
  const [text, setText] = useState('')
  const [isTried, setIsTried] = useState(false)
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    setIsTried(true)
    const read = readOrigins(text)
    if ('origins' in read && name.trim() !== '')
      onConnect({ name: name.trim(), allowed_origins: read.origins })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('connectTitle')}
      description={t('connectText')}
      closeLabel={common('close')}
      actions={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" form={form} tone="primary" busy={isBusy}>
            {isBusy ? t('submitting') : t('submit')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={onSubmit} className="grid gap-4">
        <Field
          label={t('name')}
          value={name}
          maxLength={60}
          required
          onChange={(event) => setName(event.target.value)}
          help={t('nameHelp')}
        />
        <OriginsField text={text} onChange={setText} isTried={isTried} />
        <RefusalNote refusal={refusal} />
      </form>
    </Dialog>
  )
}
