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
