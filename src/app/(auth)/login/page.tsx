import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { Heading } from '../../../components/auth/heading.tsx'
import { LoginForm } from '../../../components/auth/login-form.tsx'
import { readFailure } from '../../../components/auth/post-auth.ts'
import { door } from '../../_auth/door.ts'
import { safeNext } from '../../_auth/safe-next.ts'
import { findSession } from '../../_auth/session.ts'
import { registerPath } from '../paths.ts'

interface Props {
  searchParams: Promise<{ next?: string | string[]; error?: string | string[]; setup?: string | string[] }>
}

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('auth.signIn'))('title'),
})

export default async function LoginPage({ searchParams }: Props) {
  const { next: wanted, error, setup } = await searchParams
  const next = safeNext(wanted)
  if (await findSession()) redirect(next)
  if (setup !== 'later' && (await door().isSetupOpen())) redirect('/setup')
  const t = await getTranslations('auth')
  const { demo, registration } = door().about()
  return (
    <>
      <Heading title={t('signIn.title')}>{t('pitch')}</Heading>
      <LoginForm
        next={next}
        before={typeof error === 'string' ? readFailure(error) : null}
        demo={demo}
        registerPath={registration ? registerPath(next) : null}
      />
    </>
  )
}
