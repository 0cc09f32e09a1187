'use client'

import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { NoThread } from '../../../components/chat/thread-states.tsx'
import { cx } from '../../../components/ui/cx.ts'
import { useCounts } from '../../_client/use-list.ts'
import { useViewing } from '../../_client/use-presence.ts'
import { SHORTCUT_EVENT } from '../use-console-keys.tsx'
import { ListPane } from './list-pane.tsx'
import { PanelPane } from './panel-pane.tsx'
import { ThreadPane } from './thread-pane.tsx'
import { useInboxAddress } from './use-inbox-address.ts'
import { usePanel } from './use-panel.ts'
import { useWidth } from './use-width.ts'

/** The inbox: list, thread and details. On a phone they lie on one another, and the ones below keep their place. */
export const Inbox = ({ hasSimulator }: { hasSimulator: boolean }) => {
  const t = useTranslations('inbox.pane')
  const width = useWidth()
  const { address, hrefOf, go } = useInboxAddress()
  const panel = usePanel(address, go, width)
  const listFocus = useRef<(() => void) | null>(null)
  const wantsReply = useRef(false)
  const { conversationId } = address
  useViewing(conversationId)
  const counts = useCounts()
  const isEmpty = counts !== null && counts.open + counts.closed === 0
  const isCovered = width === 'phone' && conversationId !== null

  const open = (id: string) => {
    // On a phone the keyboard would come up and hide what there is to read.
    if (width !== 'phone') wantsReply.current = true
    if (id === conversationId) window.dispatchEvent(new CustomEvent(SHORTCUT_EVENT, { detail: 'reply' }))
    else go({ conversationId: id })
  }
  const leave = () => {
    if (width === 'phone') go({ conversationId: null })
    else listFocus.current?.()
  }

  return (
    <div className="relative flex min-h-0 flex-1">
      <section
        data-pane="list"
        tabIndex={-1}
        aria-label={t('list')}
        inert={isCovered}
        className="flex min-h-0 w-full shrink-0 flex-col border-line outline-none max-pane:absolute max-pane:inset-0 pane:w-75 pane:border-e lap:w-87"
      >
        <ListPane
          address={address}
          hrefOf={hrefOf}
          go={go}
          focusRef={listFocus}
          onOpen={open}
          hasSimulator={hasSimulator}
        />
      </section>
      <section
        data-pane="thread"
        tabIndex={-1}
        aria-label={t('thread')}
        className={cx(
          'flex min-h-0 min-w-0 flex-1 flex-col bg-surface outline-none',
          'max-pane:absolute max-pane:inset-0 max-pane:z-10',
          !conversationId && 'max-pane:hidden',
        )}
      >
        {conversationId ? (
          <ThreadPane
            conversationId={conversationId}
            panel={panel}
            wantsReply={wantsReply}
            onLeave={leave}
            onHome={() => go({ conversationId: null })}
          />
        ) : (
          !isEmpty && <NoThread />
        )}
      </section>
      {conversationId && <PanelPane conversationId={conversationId} width={width} panel={panel} />}
    </div>
  )
}
