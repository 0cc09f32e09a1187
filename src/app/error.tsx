'use client'

import { CloudAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { NoticePage } from '../components/settings/notice-page.tsx'
import { Button } from '../components/ui/button.tsx'

interface Props {
  error: Error & { digest?: string }
  reset: () => void
}

export default function Failed({ error, reset }: Props) {
  const t = useTranslations('site.failed')
  return (
    <NoticePage
      tone="anar"
      icon={<CloudAlert size={24} />}
      title={t('title')}
      action={
        <Button tone="primary" size="lg" onClick={reset}>
          {t('action')}
        </Button>
      }
    >
      <p>{t('text')}</p>
      {error.digest && <p className="mt-2 text-xs text-faint">{t('reference', { digest: error.digest })}</p>}
    </NoticePage>
  )
}
