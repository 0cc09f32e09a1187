import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { Heading } from '../../../../components/auth/heading.tsx'
import { InvitationCard } from '../../../../components/auth/invitation-card.tsx'
import { buttonClass } from '../../../../components/ui/button.tsx'
import { door } from '../../../_auth/door.ts'
import { HOME, loginPath } from '../../../_auth/safe-next.ts'
import { findSession } from '../../../_auth/session.ts'
import { registerPath } from '../../paths.ts'
import { AcceptInvitation } from './accept-invitation.tsx'

interface Props {
  params: Promise<{ token: string }>
}

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('auth.invitation'))('title'),
  // The address is the key: no page that is opened from here may learn it.
  referrer: 'no-referrer',
})

export default async function InvitationPage({ params }: Props) {
  const { token } = await params
  const session = await findSession()
  const t = await getTranslations('auth.invitation')
  return (
    <>
      <Heading title={t('title')}>{t('text')}</Heading>
      {session ? (
        <AcceptInvitation token={token} email={session.email} home={HOME} />
      ) : (
        <InvitationCard note={t('emailHint')}>
          <Ways path={`/invitations/${encodeURIComponent(token)}`} />
        </InvitationCard>
      )}
    </>
  )
}

const Ways = async ({ path }: { path: string }) => {
  const t = await getTranslations('auth.invitation')
  return (
    <>
      <Link href={loginPath(path)} className={buttonClass('primary', 'lg')}>
        {t('signIn')}
      </Link>
      {door().about().registration && (
        <Link href={registerPath(path)} className={buttonClass('plain', 'lg')}>
          {t('register')}
        </Link>
      )}
    </>
  )
}
