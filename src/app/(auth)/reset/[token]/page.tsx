import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { Heading } from '../../../../components/auth/heading.tsx'
import { buttonClass } from '../../../../components/ui/button.tsx'
import { door } from '../../../_auth/door.ts'
import { ResetPassword } from './reset-password.tsx'

// A page that depends on a secret and on the moment is never kept.
export const dynamic = 'force-dynamic'

interface Props {
  params: Promise<{ token: string }>
}

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('account.reset'))('title'),
  // The address is the key: no page that is opened from here may learn it, and no index may keep it.
  referrer: 'no-referrer',
  robots: { index: false },
})

export default async function ResetPage({ params }: Props) {
  const { token } = await params
  const link = await door().resetLink(token)
  if (!link) return <Gone />
  return <ResetPassword token={token} email={link.email} />
}

const Gone = async () => {
  const t = await getTranslations('account.reset.gone')
  return (
    <>
      <Heading title={t('title')}>{t('text')}</Heading>
      <Link href="/login" className={buttonClass('primary', 'lg')}>
        {t('action')}
      </Link>
    </>
  )
}
