'use client'

import { EllipsisVertical, Reply } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { cx } from '../ui/cx.ts'
import type { MenuActs } from './message-menu.tsx'
import type { Moves } from './moves.ts'

const loadMenu = () => import('./message-menu.tsx').then((module) => module.MessageMenu)
const MessageMenu = dynamic(loadMenu, { ssr: false })

interface Props extends MenuActs {
  moves: Moves
  content: string
  side: 'in' | 'out'
}

const BUTTON =
  'touch grid size-8 place-items-center rounded-control text-dim transition-opacity duration-120 hover:bg-hover hover:text-ink data-[state=open]:bg-press data-[state=open]:opacity-100'
const QUIET =
  'opacity-0 group-hover/row:opacity-100 group-focus/row:opacity-100 group-focus-within/row:opacity-100 coarse:opacity-70'

/**
 * Beside a bubble: answer it, and what else can be done. For Tab one more stop at each message would make a thread many times as
 * long, so the arrow keys lead to a message, and Enter opens this for it.
 */
export const MessageMoves = (props: Props) => {
  const t = useTranslations('chat.menu')
  const { moves, side } = props
  const [wasOpened, setWasOpened] = useState(false)
  const trigger = (
    <button
      type="button"
      tabIndex={-1}
      data-moves
      aria-label={t('open')}
      aria-haspopup="menu"
      onPointerEnter={() => void loadMenu()}
      onClick={() => setWasOpened(true)}
      className={cx(BUTTON, QUIET)}
    >
      <EllipsisVertical aria-hidden size={16} />
    </button>
  )
  return (
    <div
      className={cx(
        'absolute inset-bs-0 flex',
        side === 'out' ? 'inset-e-full flex-row-reverse' : 'inset-s-full',
      )}
    >
      {wasOpened ? <MessageMenu {...props} trigger={trigger} /> : trigger}
      {moves.canReply && (
        <button
          type="button"
          tabIndex={-1}
          aria-label={t('reply')}
          title={t('reply')}
          onClick={props.onReply}
          className={cx(BUTTON, QUIET, 'coarse:hidden')}
        >
          <Reply aria-hidden size={16} className="mirror" />
        </button>
      )}
    </div>
  )
}
