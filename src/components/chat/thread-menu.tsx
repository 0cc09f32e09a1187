'use client'

import { PanelRight, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactElement } from 'react'
import { Menu, MenuItem, MenuLine } from '../ui/menu.tsx'

interface Props {
  trigger: ReactElement
  /** Present on a phone, where the header has no room for it. */
  onPanel: (() => void) | null
  /** Present for those who may. */
  onDelete: (() => void) | null
}

/** What is seldom done with a conversation; loaded with the first click on its button. */
export const ThreadMenu = ({ trigger, onPanel, onDelete }: Props) => {
  const t = useTranslations('chat.header')
  const icon = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const
  return (
    <Menu defaultOpen trigger={trigger}>
      {onPanel && (
        <MenuItem icon={<PanelRight {...icon} className="mirror" />} onSelect={onPanel}>
          {t('showPanel')}
        </MenuItem>
      )}
      {onPanel && onDelete && <MenuLine />}
      {onDelete && (
        <MenuItem tone="danger" icon={<Trash2 {...icon} />} onSelect={onDelete}>
          {t('delete')}
        </MenuItem>
      )}
    </Menu>
  )
}
