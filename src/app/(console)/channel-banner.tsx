'use client'

import { useQuery } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { isolated } from '../../components/ui/display-text.ts'
import { useTRPC } from '../_client/trpc.ts'
import { useRight } from './use-right.ts'

/** How long a stopped channel may go unseen. */
const LOOK_MS = 60_000

/** Tells whoever can do something about it that a channel stands still, and leads there. */
export const StoppedBanner = () => {
  const t = useTranslations('shell.stopped')
  const isThere = usePathname().startsWith('/settings/channels')
  const canManage = useRight('manageChannels')
  const { data: channels = [] } = useQuery({
    ...useTRPC().channels.list.queryOptions(),
    enabled: canManage,
    refetchInterval: LOOK_MS,
  })
  const [stopped, ...others] = channels.filter(({ stoppedReason }) => stoppedReason !== null)
  const isShown = canManage && !isThere && stopped !== undefined
  return (
    <div role="status">
      {isShown && (
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 border-b border-anar-line bg-anar-tint px-4 py-2 text-sm text-anar-ink">
          <TriangleAlert size={16} aria-hidden className="shrink-0" />
          <span className="min-w-0">
            {t('text', { name: isolated(stopped.name), others: others.length })}
          </span>
          <Link
            href={`/settings/channels?channel=${stopped.id}`}
            className="touch font-medium underline underline-offset-3"
          >
            {t('see')}
          </Link>
        </p>
      )}
    </div>
  )
}
