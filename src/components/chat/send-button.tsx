import { Check, SendHorizontal } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { cx } from '../ui/cx.ts'

interface Props {
  isOff: boolean
  /** Where it does not send, but saves. */
  label?: string | undefined
  onSend: () => void
}

/** Sends. It never takes the focus from the text, so a phone's keyboard stays up. */
export const SendButton = ({ isOff, label, onSend }: Props) => {
  const t = useTranslations('chat.composer')
  return (
    <button
      type="button"
      aria-disabled={isOff}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onSend}
      className={cx(
        'touch flex h-8.5 shrink-0 items-center justify-center gap-1.75 rounded-[10px] px-3.5 font-strong transition-[background-color,color] duration-120 select-none',
        isOff ? 'bg-hover text-faint' : 'bg-firuze text-on-firuze hover:bg-firuze-deep',
      )}
    >
      <span className="max-pane:sr-only">{label ?? t('send')}</span>
      {label === undefined ? (
        <SendHorizontal aria-hidden size={16} className="mirror" />
      ) : (
        <Check aria-hidden size={16} />
      )}
    </button>
  )
}
