import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireSession } from '../../../_auth/session.ts'
import { AuditScreen } from './audit-screen.tsx'

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations('audit'))('title'),
})

export default async function AuditPage() {
  await requireSession('/security/audit')
  return (
    <div className="h-full min-h-0 min-w-0 flex-1 overflow-y-auto bg-surface">
      <div className="mx-auto max-w-210 px-4 py-7 pane:px-10">
        <AuditScreen />
      </div>
    </div>
  )
}
