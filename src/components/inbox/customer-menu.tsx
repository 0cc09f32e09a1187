'use client'

import { Download, EllipsisVertical, Eraser } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu, MenuItem, MenuLine } from '../ui/menu.tsx'

interface Props {
  /** Present for those who may. */
  onExport: (() => void) | null
  onErase: (() => void) | null
}

/** What is seldom done with a customer's data. */
export const CustomerMenu = ({ onExport, onErase }: Props) => {
  const t = useTranslations('inbox.data')
  const icon = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const
  if (!onExport && !onErase) return null
  const trigger = (
    <IconButton label={t('menu')} aria-haspopup="menu">
      <EllipsisVertical aria-hidden size={18} strokeWidth={1.75} />
    </IconButton>
  )
  return (
    <Menu trigger={trigger}>
      {onExport && (
        <MenuItem icon={<Download {...icon} />} onSelect={onExport}>
          {t('export')}
        </MenuItem>
      )}
      {onExport && onErase && <MenuLine />}
      {onErase && (
        <MenuItem tone="danger" icon={<Eraser {...icon} />} onSelect={onErase}>
          {t('erase')}
        </MenuItem>
      )}
    </Menu>
  )
}
