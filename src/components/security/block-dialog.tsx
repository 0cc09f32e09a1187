'use client'

import { useLocale, useTranslations } from 'next-intl'
import { type FormEvent, useId, useState } from 'react'
import { NetworkText } from '../../server/contract/network.ts'
import { type BlockAddress, MAX_BLOCK_HOURS, MAX_BLOCK_REASON } from '../../server/contract/security.ts'
import { formatsOf } from '../chat/time.ts'
import { type Refusal, RefusalNote } from '../settings/refusal.tsx'
import { AskDialog } from '../ui/ask-dialog.tsx'
import { Field } from '../ui/field.tsx'

interface Props {
  onClose: () => void
  onBlock: (entry: BlockAddress) => void
  isBusy: boolean
  refusal: Refusal | null
}

/** Persian digits are typed where the keyboard is Persian. */
const toNumber = (text: string) =>
  Number(
    text
      .trim()
      .replace(/[۰-۹]/g, (digit) => String('۰۱۲۳۴۵۶۷۸۹'.indexOf(digit)))
      .replace('٫', '.'),
  )

const areHours = (hours: number) => hours > 0 && hours <= MAX_BLOCK_HOURS

/** Keeps an address out; where it is one's own, only after that was said and confirmed. */
export const BlockDialog = ({ onClose, onBlock, isBusy, refusal }: Props) => {
  const t = useTranslations('security.block')
  const { number } = formatsOf(useLocale())
  const form = useId()
  const [ip, setIp] = useState('')
  const [hours, setHours] = useState(number(24))
  const [reason, setReason] = useState('')
  const [isConfirmed, setIsConfirmed] = useState(false)
  const [isTried, setIsTried] = useState(false)
  const isAddress = NetworkText.safeParse(ip.trim()).success
  const isOwn = refusal?.code === 'conflict'
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    setIsTried(true)
    if (isAddress && areHours(toNumber(hours)))
      onBlock({ ip: ip.trim(), hours: toNumber(hours), reason: reason.trim(), confirm: isConfirmed })
  }
  return (
    <AskDialog
      title={t('title')}
      description={t('text')}
      words={{ close: t('close'), cancel: t('cancel'), submit: t('submit') }}
      tone="danger"
      isBusy={isBusy}
      onClose={onClose}
      submit={form}
    >
      <form id={form} noValidate onSubmit={onSubmit} className="grid gap-4">
        <Field
          label={t('ip')}
          value={ip}
          onChange={(event) => setIp(event.target.value)}
          help={t('ipHelp')}
          error={isTried && !isAddress ? t('wrong') : null}
          autoComplete="off"
          spellCheck={false}
          autoFocus
          ltr
        />
        <Field
          label={t('hours')}
          value={hours}
          onChange={(event) => setHours(event.target.value)}
          inputMode="decimal"
          error={
            isTried && !areHours(toNumber(hours)) ? t('hoursWrong', { max: number(MAX_BLOCK_HOURS) }) : null
          }
        />
        <Field
          label={t('reason')}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          help={t('reasonHelp')}
          maxLength={MAX_BLOCK_REASON}
        />
        <RefusalNote refusal={refusal} sentences={{ conflict: t('own') }} />
        {(isOwn || isConfirmed) && (
          <label className="flex items-start gap-2">
            <input
              type="checkbox"
              checked={isConfirmed}
              onChange={(event) => setIsConfirmed(event.target.checked)}
              className="mt-1.25 size-4 shrink-0"
            />
            {t('confirm')}
          </label>
        )}
      </form>
    </AskDialog>
  )
}
