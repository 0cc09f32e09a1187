'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { FormDialog } from './form-dialog.tsx'
import type { Refusal } from './refusal.tsx'
import { NameField } from './website-name-field.tsx'
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
  const [name, setName] = useState('')
  const [text, setText] = useState('')
  const [isTried, setIsTried] = useState(false)
  const onSubmit = () => {
    setIsTried(true)
    const read = readOrigins(text)
    if ('origins' in read && name.trim() !== '')
      onConnect({ name: name.trim(), allowed_origins: read.origins })
  }
  return (
    <FormDialog
      title={t('connectTitle')}
      description={t('connectText')}
      onClose={onClose}
      onSubmit={onSubmit}
      submit={isBusy ? t('submitting') : t('submit')}
      isBusy={isBusy}
      refusal={refusal}
    >
      <NameField name={name} onChange={setName} />
      <OriginsField text={text} onChange={setText} isTried={isTried} />
    </FormDialog>
  )
}
