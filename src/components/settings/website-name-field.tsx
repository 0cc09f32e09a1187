import { useTranslations } from 'next-intl'
import { Field } from '../ui/field.tsx'

interface Props {
  name: string
  onChange: (name: string) => void
}

/** What a website is called, by those who work with it and by its visitors. */
export const NameField = ({ name, onChange }: Props) => {
  const t = useTranslations('settings.website')
  return (
    <Field
      label={t('name')}
      value={name}
      maxLength={60}
      required
      onChange={(event) => onChange(event.target.value)}
      help={t('nameHelp')}
    />
  )
}
