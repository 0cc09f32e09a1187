'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Heading } from '../../../../components/auth/heading.tsx'
import { ResetForm } from '../../../../components/auth/reset-form.tsx'
import type { Refusal } from '../../../../components/settings/refusal.tsx'
import { buttonClass } from '../../../../components/ui/button.tsx'
import { Name } from '../../../../components/ui/name.tsx'
import { setPasswordByLink } from './set-password.ts'

/** From a link to a new password, and on to the sign-in. */
export const ResetPassword = ({ token, email }: { token: string; email: string }) => {
  const t = useTranslations('account.reset')
  const [isBusy, setIsBusy] = useState(false)
  const [end, setEnd] = useState<'done' | 'gone' | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const submit = async (password: string) => {
    setIsBusy(true)
    const refused = await setPasswordByLink(token, password)
    setIsBusy(false)
    setRefusal(refused)
    if (!refused) setEnd('done')
    if (refused?.code === 'not_found') setEnd('gone')
  }
  if (end)
    return (
      <div role="status">
        <Heading title={t(`${end}.title`)}>{t(`${end}.text`)}</Heading>
        <Link href="/login" className={buttonClass('primary', 'lg')}>
          {t(`${end}.action`)}
        </Link>
      </div>
    )
  return (
    <>
      <Heading title={t('title')}>
        {t.rich('text', { email: () => <Name className="ltr font-medium text-ink">{email}</Name> })}
      </Heading>
      <ResetForm email={email} onSubmit={submit} isBusy={isBusy} refusal={refusal} />
    </>
  )
}
