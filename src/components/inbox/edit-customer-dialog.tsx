'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useState } from 'react'
import { type Customer, MAX_TAGS, type Tag } from '../../server/contract/customer.ts'
import type { Formats } from '../chat/time.ts'
import { type Refusal, RefusalNote } from '../settings/refusal.tsx'
import { AskDialog } from '../ui/ask-dialog.tsx'
import { Field } from '../ui/field.tsx'
import { TextArea } from '../ui/text-area.tsx'
import { changesOf, draftOf, type EditField, type Fault, faultsIn } from './edit-fields.ts'
import { type ChosenTag, typedTag } from './tag-choice.ts'
import { TagInput } from './tag-input.tsx'

export interface CustomerChange {
  fields: ReturnType<typeof changesOf>
  /** Null where the tags stay as they are. */
  tags: readonly ChosenTag[] | null
}

interface Props {
  customer: Customer
  knownTags: readonly Tag[]
  haveTagsFailed: boolean
  formats: Formats
  isBusy: boolean
  refusal: Refusal | null
  onSave: (change: CustomerChange) => void
  onClose: () => void
}

/** What a team knows of a customer, to be put right. */
export const EditCustomerDialog = ({
  customer,
  formats,
  isBusy,
  refusal,
  onSave,
  onClose,
  ...props
}: Props) => {
  const t = useTranslations('inbox.edit')
  const form = useId()
  const [before] = useState(() => draftOf(customer))
  const [draft, setDraft] = useState(before)
  const [held] = useState<readonly ChosenTag[]>(customer.tags)
  const [tags, setTags] = useState(held)
  const [tagText, setTagText] = useState('')
  const [isTried, setIsTried] = useState(false)
  const fields = changesOf(before, draft)
  const faults = faultsIn(fields)
  const hasTooMany = tags.length > MAX_TAGS
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    setIsTried(true)
    const typed = typedTag(tagText, props.knownTags, tags)
    const all = typed ? [...tags, typed] : tags
    if (Object.keys(faults).length === 0 && all.length <= MAX_TAGS)
      onSave({ fields, tags: all === held ? null : all })
  }
  const input = (field: EditField) => ({
    value: draft[field],
    onChange: ({ target }: { target: { value: string } }) => setDraft({ ...draft, [field]: target.value }),
    error: isTried ? sentenceOf(faults[field], formats, t) : null,
  })
  const note = hasTooMany ? t('wrong.tooManyTags', { shown: formats.number(MAX_TAGS) }) : null
  return (
    <AskDialog
      title={t('title')}
      description={t('text')}
      words={{ close: t('close'), cancel: t('cancel'), submit: t(isBusy ? 'saving' : 'save') }}
      isBusy={isBusy}
      onClose={onClose}
      submit={form}
    >
      <form id={form} noValidate onSubmit={onSubmit} className="grid gap-4">
        <div className="grid gap-4 pane:grid-cols-2">
          <Field label={t('firstName')} autoComplete="off" {...input('firstName')} />
          <Field label={t('lastName')} autoComplete="off" {...input('lastName')} />
        </div>
        <Field label={t('email')} type="email" autoComplete="off" ltr {...input('email')} />
        <Field label={t('phone')} type="tel" autoComplete="off" ltr {...input('phoneNumber')} />
        <TagInput
          chosen={tags}
          known={props.knownTags}
          text={tagText}
          onText={setTagText}
          note={note ?? (props.haveTagsFailed ? t('tagsFailed') : null)}
          onChange={setTags}
        />
        <TextArea label={t('description')} help={t('descriptionHelp')} rows={3} {...input('description')} />
        <RefusalNote
          refusal={refusal}
          sentences={{ not_found: t('failures.not_found'), invalid_input: t('failures.invalid_input') }}
        />
      </form>
    </AskDialog>
  )
}

const sentenceOf = (
  fault: Fault | undefined,
  formats: Formats,
  t: ReturnType<typeof useTranslations<'inbox.edit'>>,
): string | null => {
  if (!fault) return null
  if (fault.kind !== 'tooLong') return t(`wrong.${fault.kind}`)
  return t('wrong.tooLong', { count: fault.max, shown: formats.number(fault.max) })
}
