'use client'

import dynamic from 'next/dynamic'
import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import { formatsOf } from '../../../components/chat/time.ts'
import { CustomerPanel } from '../../../components/inbox/customer-panel.tsx'
import { useConsole } from '../../_client/console-provider.tsx'
import { useStore } from '../../_client/store.ts'
import { CustomerActs } from './customer-acts.tsx'
import type { Panel } from './use-panel.ts'
import type { Width } from './use-width.ts'

const Sheet = dynamic(
  () => import('../../../components/inbox/panel-sheet.tsx').then((module) => module.PanelSheet),
  {
    ssr: false,
  },
)

const CustomerEdit = dynamic(() => import('./customer-edit.tsx').then((module) => module.CustomerEdit), {
  ssr: false,
})

interface Props {
  conversationId: string
  width: Width
  panel: Panel
}

/** The customer: beside the thread where there is room, over it elsewhere. */
export const PanelPane = ({ conversationId, width, panel }: Props) => {
  const t = useTranslations('inbox')
  const { cache } = useConsole()
  const conversation = useStore(cache, ({ conversations }) => conversations.get(conversationId))
  const formats = formatsOf(useLocale())
  const [isEditing, setIsEditing] = useState(false)
  if (!panel.isOpen || !conversation) return null
  const details = (
    <CustomerPanel
      conversation={conversation}
      formats={formats}
      onEdit={() => setIsEditing(true)}
      acts={(name) => (
        <CustomerActs
          key={conversation.customerId}
          customerId={conversation.customerId}
          name={name}
          isErased={conversation.customer.erasedAt !== undefined}
        />
      )}
    />
  )
  const editing = isEditing && (
    <CustomerEdit
      key={conversation.customerId}
      customer={conversation.customer}
      onClose={() => setIsEditing(false)}
    />
  )
  if (width !== 'desk') {
    return (
      <Sheet title={t('pane.panel')} closeLabel={t('panel.back')} onClose={panel.close}>
        {details}
        {editing}
      </Sheet>
    )
  }
  return (
    <aside
      data-pane="panel"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      aria-label={t('pane.panel')}
      className="w-77 shrink-0 overflow-y-auto border-s border-line outline-offset-[-3px]"
    >
      {details}
      {editing}
    </aside>
  )
}
