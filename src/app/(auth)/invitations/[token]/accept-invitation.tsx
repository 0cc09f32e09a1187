'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { InvitationCard } from '../../../../components/auth/invitation-card.tsx'
import { postSignOut } from '../../../../components/auth/post-auth.ts'
import { type Refusal, RefusalNote } from '../../../../components/settings/refusal.tsx'
import { Button, buttonClass } from '../../../../components/ui/button.tsx'
import { Name } from '../../../../components/ui/name.tsx'
import { acceptInvitation } from './accept.ts'

interface Props {
  token: string
  /** Whose account is signed in. */
  email: string
  home: string
}

export const AcceptInvitation = ({ token, email, home }: Props) => {
  const t = useTranslations('auth.invitation')
  const { isBusy, refusal, accept } = useAcceptance(token, home)
  return (
    <InvitationCard
      note={t.rich('asWhom', { who: () => <Name className="ltr font-medium text-ink">{email}</Name> })}
    >
      <RefusalNote
        refusal={refusal}
        sentences={{ not_found: t('failures.not_found'), forbidden: t('failures.forbidden') }}
      />
      {refusal?.code === 'not_found' ? (
        <Link href={home} className={buttonClass('primary', 'lg')}>
          {t('toInbox')}
        </Link>
      ) : (
        <Button tone="primary" size="lg" busy={isBusy} onClick={accept}>
          {isBusy ? t('accepting') : t('accept')}
        </Button>
      )}
      <Button tone="quiet" disabled={isBusy} onClick={leaveAccount}>
        {t('otherAccount')}
      </Button>
    </InvitationCard>
  )
}

const useAcceptance = (token: string, home: string) => {
  const [isBusy, setIsBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const accept = async () => {
    setIsBusy(true)
    setRefusal(null)
    const refused = await acceptInvitation(token)
    if (!refused) return window.location.assign(home)
    setRefusal(refused)
    setIsBusy(false)
  }
  return { isBusy, refusal, accept }
}

// The page then offers to sign in, and leads back here.
const leaveAccount = async () => {
  await postSignOut()
  window.location.reload()
}
