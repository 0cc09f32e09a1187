import { Compass } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { NoticePage } from '../components/settings/notice-page.tsx'
import { buttonClass } from '../components/ui/button.tsx'
import { HOME } from './_auth/safe-next.ts'

export default function NotFound() {
  const t = useTranslations('site.notFound')
  return (
    <NoticePage
      icon={<Compass size={24} />}
      title={t('title')}
      action={
        <Link href={HOME} className={buttonClass('primary', 'lg')}>
          {t('action')}
        </Link>
      }
    >
      {t('text')}
    </NoticePage>
  )
}
