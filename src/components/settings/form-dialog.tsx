import { useTranslations } from 'next-intl'
import { type ComponentProps, type FormEvent, useId } from 'react'
import { AskDialog } from '../ui/ask-dialog.tsx'
import { cx } from '../ui/cx.ts'
import { type Refusal, RefusalNote } from './refusal.tsx'

interface Props
  extends Omit<ComponentProps<typeof AskDialog>, 'words' | 'submit'>,
    Omit<ComponentProps<typeof RefusalNote>, 'refusal'> {
  submit: string
  onSubmit: () => void
  refusal: Refusal | null
  /** The form alone says what is wrong in it. */
  noValidate?: boolean
  /** How far apart its parts stand. */
  gap?: 'gap-4' | 'gap-5' | 'gap-7'
}

/** A sheet to fill in, with what was said to it at its end. Enter in a field submits it. */
export const FormDialog = ({
  submit,
  onSubmit,
  refusal,
  sentences,
  wordsLabel,
  noValidate,
  gap = 'gap-4',
  children,
  ...ask
}: Props) => {
  const t = useTranslations('settings')
  const form = useId()
  const take = (event: FormEvent) => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <AskDialog {...ask} words={{ close: t('close'), cancel: t('cancel'), submit }} submit={form}>
      <form id={form} noValidate={noValidate} onSubmit={take} className={cx('grid', gap)}>
        {children}
        <RefusalNote refusal={refusal} sentences={sentences} wordsLabel={wordsLabel} />
      </form>
    </AskDialog>
  )
}
