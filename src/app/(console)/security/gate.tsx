'use client'

import { ShieldX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { EmptyState } from '../../../components/ui/empty-state.tsx'
import { useWatch } from './use-watch.ts'

/** Says to those who may not watch why they see nothing; while nobody knows the role, the page says how it goes. */
export const Gate = ({ children }: { children: ReactNode }) => {
  const t = useTranslations('security.forbidden')
  if (useWatch() !== false) return children
  return (
    <EmptyState icon={<ShieldX size={24} />} title={t('title')} className="border-y">
      {t('text')}
    </EmptyState>
  )
}
