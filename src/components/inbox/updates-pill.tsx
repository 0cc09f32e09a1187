import { ArrowUp } from 'lucide-react'
import { useTranslations } from 'next-intl'

interface Props {
  /** Already in the digits of the language. */
  shown: string
  count: number
  onApply: () => void
}

/** Rows wait to take their new place while the pointer is on the list; this lets them. */
export const UpdatesPill = ({ shown, count, onApply }: Props) => {
  const t = useTranslations('inbox.list')
  return (
    <div className="pointer-events-none absolute inset-x-0 inset-bs-2 z-10 grid place-items-center">
      <button
        type="button"
        onClick={onApply}
        className="pointer-events-auto flex h-7.5 animate-pop items-center gap-1.5 rounded-full bg-inverse px-3 text-xs font-medium text-on-inverse shadow-float coarse:h-11 coarse:px-4"
      >
        <ArrowUp aria-hidden size={14} />
        {t('updates', { count, shown })}
      </button>
    </div>
  )
}
