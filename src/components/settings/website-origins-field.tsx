'use client'

import { useTranslations } from 'next-intl'
import { TextArea } from '../ui/text-area.tsx'
import { readOrigins } from './website-origins.ts'

interface Props {
  text: string
  onChange: (text: string) => void
  isTried: boolean
}

/** The pages that may show a website's widget, one origin a line. */
export const OriginsField = ({ text, onChange, isTried }: Props) => {
  const t = useTranslations('settings.website')
  const read = readOrigins(text)
  return (
    <TextArea
      label={t('origins')}
      value={text}
      rows={3}
      dir="ltr"
      spellCheck={false}
      autoCapitalize="none"
      placeholder="https://shop.example"
      onChange={(event) => onChange(event.target.value)}
      help={t('originsHelp')}
      error={isTried && 'wrong' in read ? t('originsWrong', { text: read.wrong }) : null}
    />
  )
}
