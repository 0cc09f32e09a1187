'use client'

import { Copy, Pencil, Reply, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { DropdownMenu as Radix } from 'radix-ui'
import type { ReactElement } from 'react'
import { copyText } from '../ui/copy-text.ts'
import { cx } from '../ui/cx.ts'
import { Menu, MenuItem, MenuLine } from '../ui/menu.tsx'
import type { Moves } from './moves.ts'

export interface MenuActs {
  onReply: () => void
  onEdit: () => void
  onRemove: () => void
  onReact: (emoji: string | null) => void
}

interface Props extends MenuActs {
  trigger: ReactElement
  moves: Moves
  content: string
}

/** What can be done with a message. Loaded with the first that is asked, and open at once. */
export const MessageMenu = ({ trigger, moves, content, onReply, onEdit, onRemove, onReact }: Props) => {
  const t = useTranslations('chat.menu')
  return (
    <Menu trigger={trigger} defaultOpen>
      {moves.emojis.length > 0 && <EmojiRow moves={moves} onReact={onReact} />}
      {moves.canReply && (
        <MenuItem icon={<Reply aria-hidden size={17} className="mirror" />} hint="R" onSelect={onReply}>
          {t('reply')}
        </MenuItem>
      )}
      {moves.canEdit && (
        <MenuItem icon={<Pencil aria-hidden size={17} />} onSelect={onEdit}>
          {t('edit')}
        </MenuItem>
      )}
      {moves.canCopy && (
        <MenuItem icon={<Copy aria-hidden size={17} />} onSelect={() => void copyText(content)}>
          {t('copy')}
        </MenuItem>
      )}
      {moves.canRemove && (
        <>
          <MenuLine />
          <MenuItem tone="danger" icon={<Trash2 aria-hidden size={17} />} onSelect={onRemove}>
            {t('remove')}
          </MenuItem>
        </>
      )}
    </Menu>
  )
}

const EmojiRow = ({ moves, onReact }: { moves: Moves; onReact: Props['onReact'] }) => {
  const t = useTranslations('chat.menu')
  return (
    <>
      <Radix.Group aria-label={t('react')} className="flex max-w-76 flex-wrap gap-0.5 p-0.5 coarse:max-w-48">
        {moves.emojis.map((emoji) => {
          const isOn = emoji === moves.ours
          return (
            <Radix.CheckboxItem
              key={emoji}
              checked={isOn}
              aria-label={t(isOn ? 'unreact' : 'reactWith', { emoji })}
              onSelect={() => onReact(isOn ? null : emoji)}
              className={cx(
                'touch grid size-8.5 cursor-pointer place-items-center rounded-lg text-xl leading-none outline-none data-highlighted:bg-hover',
                isOn && 'bg-firuze-tint',
              )}
            >
              {emoji}
            </Radix.CheckboxItem>
          )
        })}
      </Radix.Group>
      <MenuLine />
    </>
  )
}
