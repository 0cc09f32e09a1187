import { useTranslations } from 'next-intl'
import type { Obstacle, SendKey } from './compose-rules.ts'

interface Props {
  id: string
  obstacle: Obstacle
  wait: string | null
  left: number | null
  sendKey: SendKey
  number: (value: number) => string
}

/** Under the composer: which key sends, or why nothing can be sent. */
export const ComposerNote = ({ id, obstacle, wait, left, sendKey, number }: Props) => {
  const t = useTranslations('chat.composer')
  if (obstacle === 'too_long' && left !== null) {
    return (
      <p id={id} role="alert" className="px-2 pt-1.5 text-xs text-anar-ink">
        {t('tooLong', { count: -left, shown: number(-left) })}
      </p>
    )
  }
  if (obstacle === 'unstorable') {
    return (
      <p id={id} role="alert" className="px-2 pt-1.5 text-xs text-anar-ink">
        {t('unstorable')}
      </p>
    )
  }
  if (wait !== null) {
    return (
      <p id={id} role="status" className="px-2 pt-1.5 text-xs text-dim">
        {wait}
      </p>
    )
  }
  return (
    <p id={id} className="flex justify-between gap-3 px-2 pt-1.5 text-xs text-faint max-pane:sr-only">
      <span>
        {t.rich(sendKey === 'enter' ? 'enterSends' : 'modEnterSends', {
          k: (keys) => <kbd className="ltr font-sans font-medium text-dim">{keys}</kbd>,
        })}
      </span>
      {left !== null && <span>{t('left', { count: left, shown: number(left) })}</span>}
    </p>
  )
}
