import { useTranslations } from 'next-intl'
import type { Reaction } from '../../server/contract/message.ts'
import { cx } from '../ui/cx.ts'
import { displayLine } from '../ui/display-text.ts'

interface Props {
  reactions: readonly Reaction[]
  side: 'in' | 'out'
  /** Takes our side's reaction away; without it nobody can. */
  onTakeAway?: (() => void) | undefined
}

const CHIP =
  'inline-flex h-6 min-w-8 items-center justify-center rounded-full border px-1.5 text-base leading-none'

/** What each side thinks of a message, at its lower edge. Ours can be taken away by a click. */
export const Reactions = ({ reactions, side, onTakeAway }: Props) => {
  const t = useTranslations('chat.reaction')
  if (reactions.length === 0) return null
  return (
    <ul
      aria-label={t('list')}
      className={cx('relative -mt-1.5 flex flex-wrap gap-1 px-2', side === 'out' && 'justify-end')}
    >
      {reactions.map(({ by, emoji }) => {
        const isOurs = by === 'agent'
        const words = t(by, { emoji: displayLine(emoji) })
        const look = cx(CHIP, isOurs ? 'border-firuze/50 bg-firuze-tint' : 'border-line bg-raised')
        return (
          <li key={`${by}:${emoji}`} className="flex animate-pop">
            {isOurs && onTakeAway ? (
              <button
                type="button"
                aria-label={`${words}. ${t('takeAway')}`}
                title={t('takeAway')}
                onClick={onTakeAway}
                className={cx(look, 'relative before:absolute before:-inset-2.5 hover:border-firuze')}
              >
                {emoji}
              </button>
            ) : (
              <span role="img" aria-label={words} title={words} className={look}>
                {emoji}
              </span>
            )}
          </li>
        )
      })}
    </ul>
  )
}
