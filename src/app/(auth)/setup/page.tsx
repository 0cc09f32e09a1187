import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { Heading } from '../../../components/auth/heading.tsx'
import { RegisterForm } from '../../../components/auth/register-form.tsx'
import { door } from '../../_auth/door.ts'
import { HOME } from '../../_auth/safe-next.ts'
import { SETUP_LATER } from '../paths.ts'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('auth.setup'))('title'),
})

/** The first account of an instance whose database others may reach: it takes the code that the start printed. */
export default async function SetupPage() {
  if (!(await door().isSetupOpen())) redirect('/login')
  const t = await getTranslations('auth.setup')
  return (
    <>
      <Heading title={t('title')}>{t('text')}</Heading>
      <RegisterForm isSetup next={HOME} loginPath={SETUP_LATER} />
    </>
  )
}
