import { UserX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { reachOf } from './reach.ts'

/** Above the composer: what is written will not arrive as things are, though one may try. */
export const UnreachableNote = ({ reason }: { reason: string }) => {
  const t = useTranslations('chat.header')
  return (
    <p
      role="note"
      className="mx-3 mb-2 flex items-start gap-2 rounded-card bg-anar-tint px-3 py-2 text-sm text-anar-ink pane:mx-5"
    >
      <UserX aria-hidden size={16} className="mt-1 shrink-0" />
      {t(`${reachOf(reason)}Hint`)}
    </p>
  )
}
