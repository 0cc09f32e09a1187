import { ArrowDown } from 'lucide-react'
import { useTranslations } from 'next-intl'

interface Props {
  count: number
  /** In the digits of the language. */
  shown: string
  onJump: () => void
}

/** Back to the newest message, with how many came since one scrolled away. */
export const JumpButton = ({ count, shown, onJump }: Props) => {
  const t = useTranslations('chat')
  return (
    <button
      type="button"
      onClick={onJump}
      aria-label={count > 0 ? t('jumpNew', { count, shown }) : t('jump')}
      className="absolute inset-e-5 inset-be-3 flex h-9.5 min-w-9.5 animate-pop items-center justify-center gap-1.5 rounded-full border border-line bg-raised px-2.5 text-dim shadow-float hover:text-ink coarse:h-11 coarse:min-w-11"
    >
      {count > 0 && <span className="text-sm font-strong text-firuze-ink">{shown}</span>}
      <ArrowDown aria-hidden size={18} />
    </button>
  )
}
