'use client'

import { useLocale, useTranslations } from 'next-intl'
import { type RefObject, useCallback, useRef, useState } from 'react'
import { formatsOf } from '../../../components/chat/time.ts'
import { ConversationList, type ListHandle } from '../../../components/inbox/conversation-list.tsx'
import { ListFoot } from '../../../components/inbox/list-foot.tsx'
import { ListHeader } from '../../../components/inbox/list-header.tsx'
import { UpdatesPill } from '../../../components/inbox/updates-pill.tsx'
import { listKey } from '../../_client/list-cache.ts'
import { useCounts, useList } from '../../_client/use-list.ts'
import { ListVoid } from './list-void.tsx'
import { Row } from './row.tsx'
import { useHeldRows } from './use-held-rows.ts'
import type { InboxAddress, useInboxAddress } from './use-inbox-address.ts'
import { useListKeys } from './use-list-keys.ts'
import { useNow } from './use-now.ts'
import { useSearchText } from './use-search-text.ts'

interface Props {
  address: InboxAddress
  hrefOf: ReturnType<typeof useInboxAddress>['hrefOf']
  go: ReturnType<typeof useInboxAddress>['go']
  /** Puts the focus back into the list. */
  focusRef: RefObject<(() => void) | null>
  onOpen: (id: string) => void
  hasSimulator: boolean
}

/** The list of conversations, live, in the order in which the eye may see it change. */
export const ListPane = ({ address, hrefOf, go, focusRef, onOpen, hasSimulator }: Props) => {
  const t = useTranslations('inbox.list')
  const { view, search, conversationId } = address
  const filter = { view, search }
  const list = useList(filter)
  const counts = useCounts()
  const formats = formatsOf(useLocale())
  const now = useNow()
  const [isHeld, setIsHeld] = useState(false)
  const held = useHeldRows({
    rows: list.rows ?? [],
    listKey: listKey(filter),
    openId: conversationId,
    isHeld,
  })
  const searchRef = useRef<HTMLInputElement>(null)
  const handle = useRef<ListHandle>(null)
  const onSearch = useCallback((words: string) => go({ search: words }, 'replace'), [go])
  const { text, setText } = useSearchText(search, onSearch)
  useListKeys({ rows: held.rows, openId: conversationId, go, handle, searchRef, focusRef })

  return (
    <>
      <ListHeader
        view={view}
        search={text}
        counts={counts}
        formats={formats}
        searchRef={searchRef}
        hrefOf={(next) => hrefOf({ view: next })}
        onView={(next) => go({ view: next })}
        onSearch={setText}
      />
      <div className="relative flex min-h-0 flex-1 flex-col">
        {held.updates > 0 && (
          <UpdatesPill
            count={held.updates}
            shown={formats.number(held.updates)}
            onApply={() => {
              setIsHeld(false)
              handle.current?.toTop()
            }}
          />
        )}
        {held.rows.length === 0 && (
          <ListVoid
            list={list}
            view={view}
            search={search}
            hasSimulator={hasSimulator}
            onClearSearch={() => setText('')}
            onShowOpen={() => go({ view: 'open' })}
          />
        )}
        {held.rows.length > 0 && (
          <ConversationList
            key={listKey(filter)}
            handle={handle}
            label={t('label')}
            rows={held.rows}
            openId={conversationId}
            onHold={setIsHeld}
            onEndReached={list.loadMore}
            foot={
              <ListFoot
                hasMore={list.hasMore}
                hasFailed={list.morePhase?.state === 'failed'}
                onRetry={list.loadMore}
              />
            }
            renderRow={(conversation, isTabStop) => (
              <Row
                conversation={conversation}
                href={hrefOf({ conversationId: conversation.id })}
                isOpen={conversation.id === conversationId}
                isTabStop={isTabStop}
                formats={formats}
                now={now}
                onOpen={onOpen}
              />
            )}
          />
        )}
      </div>
    </>
  )
}
