import { ShieldAlert } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'

/** Between two days. */
export const DayLine = ({ id, children }: { id: string; children: string }) => (
  <div data-item={id} className="flex justify-center pt-4 pb-1.5 text-xs text-faint first:pt-1">
    <span>{children}</span>
  </div>
)

/** Above what came since the last look; it stays until one leaves. */
export const NewLine = ({ id }: { id: string }) => (
  <div
    data-item={id}
    className="flex items-center gap-3 pt-4 pb-1 text-xs font-medium text-anar-ink before:h-px before:flex-1 before:bg-anar before:opacity-35 after:h-px after:flex-1 after:bg-anar after:opacity-35"
  >
    {useTranslations('chat')('newMessages')}
  </div>
)

/** Where messages are held as spam. */
export const HeldLine = ({ id, count, shown }: { id: string; count: number; shown: string }) => {
  const t = useTranslations('spam')
  return (
    <p data-item={id} className="flex flex-wrap items-center justify-center gap-x-2 py-2 text-xs text-dim">
      <ShieldAlert aria-hidden size={14} strokeWidth={1.9} />
      {t('inThread', { count, shown })}
      <Link href="/spam" className="font-medium text-firuze-ink underline-offset-3 hover:underline">
        {t('review')}
      </Link>
    </p>
  )
}
