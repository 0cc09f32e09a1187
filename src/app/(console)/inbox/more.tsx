'use client'

import { EllipsisVertical } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { IconButton } from '../../../components/ui/icon-button.tsx'
import { useRight } from '../use-right.ts'
import type { Panel } from './use-panel.ts'
import { useWidth } from './use-width.ts'

const loadMenu = () => import('../../../components/chat/thread-menu.tsx').then((module) => module.ThreadMenu)
const ThreadMenu = dynamic(loadMenu, { ssr: false })
const Deletion = dynamic(() => import('./deletion.tsx').then((module) => module.Deletion), { ssr: false })

interface Props {
  conversationId: string
  name: string
  panel: Panel
}

/** What else can be done with a conversation. */
export const More = ({ conversationId, name, panel }: Props) => {
  const t = useTranslations('chat.header')
  const canDelete = useRight('delete')
  const isPhone = useWidth() === 'phone'
  const [wasOpened, setWasOpened] = useState(false)
  const [isDeleting, setIsDeleting] = useState(false)
  if (!canDelete && !isPhone) return null
  const button = (
    <IconButton
      label={t('menu')}
      aria-haspopup="menu"
      onFocus={() => void loadMenu()}
      onPointerEnter={() => void loadMenu()}
      onClick={() => setWasOpened(true)}
    >
      <EllipsisVertical aria-hidden size={19} strokeWidth={1.75} />
    </IconButton>
  )
  // The menu gives the focus back to its button first, so that the dialog can return it there.
  const afterMenu = (act: () => void) => () => void requestAnimationFrame(act)
  return (
    <>
      {wasOpened ? (
        <ThreadMenu
          trigger={button}
          onPanel={isPhone ? afterMenu(panel.toggle) : null}
          onDelete={canDelete ? afterMenu(() => setIsDeleting(true)) : null}
        />
      ) : (
        button
      )}
      {isDeleting && (
        <Deletion conversationId={conversationId} name={name} onClose={() => setIsDeleting(false)} />
      )}
    </>
  )
}
