import { useTranslations } from 'next-intl'
import type { Obstacle, Room, SendKey } from './compose-rules.ts'

interface Props {
  id: string
  obstacle: Obstacle
  wait: string | null
  left: number | null
  room: Room | null
  isOneMessage: boolean
  sendKey: SendKey
  number: (value: number) => string
}

/** Under the composer: which key sends, or why nothing can be sent. */
export const ComposerNote = ({ id, obstacle, wait, left, room, isOneMessage, sendKey, number }: Props) => {
  const t = useTranslations('chat.composer')
  if (obstacle === 'too_long' && left !== null) {
    return (
      <p id={id} role="alert" className="px-2 pt-1.5 text-xs text-anar-ink">
        {t(isOneMessage ? 'tooLongEdit' : 'tooLong', { count: -left, shown: number(-left) })}
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
    <p id={id} className="flex justify-between gap-3 px-2 text-xs text-faint">
      <span className="pt-1.5 max-pane:sr-only">
        {t.rich(sendKey === 'enter' ? 'enterSends' : 'modEnterSends', {
          k: (keys) => <kbd className="ltr font-sans font-medium text-dim">{keys}</kbd>,
        })}
      </span>
      {left === null && room && <RoomLeft room={room} number={number} />}
      {left !== null && <span className="pt-1.5">{t('left', { count: left, shown: number(left) })}</span>}
    </p>
  )
}

/** How the text meets the platform's own limit, near it and beyond. */
const RoomLeft = ({ room, number }: { room: Room; number: (value: number) => string }) => {
  const t = useTranslations('chat.composer')
  if (room.parts > 1) {
    return (
      <span aria-live="polite" className="pt-1.5 font-medium text-ink">
        {t('parts', { count: room.parts, shown: number(room.parts) })}
      </span>
    )
  }
  return (
    <span className="pt-1.5">
      {t(room.unit === 'bytes' ? 'bytesLeft' : 'left', { count: room.left, shown: number(room.left) })}
    </span>
  )
}
