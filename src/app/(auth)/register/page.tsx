import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { Heading } from '../../../components/auth/heading.tsx'
import { RegisterForm } from '../../../components/auth/register-form.tsx'
import { buttonClass } from '../../../components/ui/button.tsx'
import { door } from '../../_auth/door.ts'
import { loginPath, safeNext } from '../../_auth/safe-next.ts'
import { findSession } from '../../_auth/session.ts'

interface Props {
  searchParams: Promise<{ next?: string | string[]; setup?: string | string[] }>
}

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('auth.register'))('title'),
})

export default async function RegisterPage({ searchParams }: Props) {
  const { next: wanted, setup } = await searchParams
  const next = safeNext(wanted)
  if (await findSession()) redirect(next)
  if (setup !== 'later' && (await door().isSetupOpen())) redirect('/setup')
  if (!door().about().registration) return <Closed login={loginPath(next)} />
  const t = await getTranslations('auth.register')
  return (
    <>
      <Heading title={t('title')}>{t('text')}</Heading>
      <RegisterForm next={next} loginPath={loginPath(next)} />
    </>
  )
}

const Closed = async ({ login }: { login: string }) => {
  const t = await getTranslations('auth.register.closed')
  return (
    <>
      <Heading title={t('title')}>{t('text')}</Heading>
      <Link href={login} className={buttonClass('primary', 'lg')}>
        {t('action')}
      </Link>
    </>
  )
}
