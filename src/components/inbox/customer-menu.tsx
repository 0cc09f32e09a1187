'use client'

import { Download, Eraser } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactElement } from 'react'
import { Menu, MenuItem, MenuLine } from '../ui/menu.tsx'

interface Props {
  trigger: ReactElement
  /** Present for those who may. */
  onExport: (() => void) | null
  onErase: (() => void) | null
}

/** What is seldom done with a customer's data; loaded with the first click on its button. */
export const CustomerMenu = ({ trigger, onExport, onErase }: Props) => {
  const t = useTranslations('inbox.data')
  const icon = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const
  return (
    <Menu defaultOpen trigger={trigger}>
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
