'use client'

import { EllipsisVertical, Heart, Pencil, Reply, ThumbsUp, Trash2, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { SimulatedMessage } from '../../server/contract/simulator.ts'
import { Menu, MenuItem, MenuLine } from '../ui/menu.tsx'
import { usePhoneActions } from './phone-actions.ts'

/** What the owner of the phone can do with a message. */
export const MessageMenu = ({ message }: { message: SimulatedMessage }) => {
  const t = useTranslations('simulator.phone')
  const { platform, act, intend } = usePhoneActions()
  const { id } = message
  const isOwn = message.from === 'customer'
  const react = (emoji: string | null) => act({ do: 'react', id, emoji })
  return (
    <Menu
      align={isOwn ? 'end' : 'start'}
      trigger={
        <button
          type="button"
          aria-label={t('more', { text: message.text.slice(0, 40) || t(`kinds.${message.kind}`) })}
          className="grid size-7 shrink-0 place-items-center self-center rounded-full text-faint opacity-0 transition-opacity duration-120 group-focus-within:opacity-100 group-hover:opacity-100 hover:bg-hover hover:text-ink data-[state=open]:opacity-100 coarse:size-11 coarse:opacity-100"
        >
          <EllipsisVertical size={16} aria-hidden />
        </button>
      }
    >
      <MenuItem icon={<Reply size={17} />} onSelect={() => intend({ kind: 'reply', message })}>
        {t('reply')}
      </MenuItem>
      {isOwn && message.kind === 'text' && (
        <MenuItem icon={<Pencil size={17} />} onSelect={() => intend({ kind: 'edit', message })}>
          {t('edit')}
        </MenuItem>
      )}
      <MenuLine />
      <MenuItem icon={<Heart size={17} />} onSelect={() => react('❤')}>
        {t('love')}
      </MenuItem>
      <MenuItem icon={<ThumbsUp size={17} />} onSelect={() => react('👍')}>
        {t('like')}
      </MenuItem>
      {message.reactions.customer !== null && (
        <MenuItem icon={<X size={17} />} onSelect={() => react(null)}>
          {t('unreact')}
        </MenuItem>
      )}
      {isOwn && (
        <>
          <MenuLine />
          <MenuItem icon={<Trash2 size={17} />} tone="danger" onSelect={() => act({ do: 'unsend', id })}>
            {t(`unsend.${platform}`)}
          </MenuItem>
        </>
      )}
    </Menu>
  )
}
