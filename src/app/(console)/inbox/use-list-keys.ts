import { type RefObject, useEffect } from 'react'
import type { ListHandle } from '../../../components/inbox/conversation-list.tsx'
import { currentConversation, type useInboxAddress } from './use-inbox-address.ts'
import { useShortcuts } from './use-shortcut.ts'

interface Input {
  rows: readonly { id: string }[]
  openId: string | null
  go: ReturnType<typeof useInboxAddress>['go']
  handle: RefObject<ListHandle | null>
  searchRef: RefObject<HTMLInputElement | null>
  focusRef: RefObject<(() => void) | null>
}

/** Walking through the list, and into its search. */
export const useListKeys = ({ rows, openId, go, handle, searchRef, focusRef }: Input) => {
  const walk = (step: 1 | -1) => () => {
    const open = currentConversation()
    const from = rows.findIndex(({ id }) => id === open)
    const next = rows[from < 0 ? 0 : from + step]
    if (!next) return
    go({ conversationId: next.id }, open ? 'replace' : 'push')
    handle.current?.focus(next.id)
  }
  useShortcuts({
    next: walk(1),
    previous: walk(-1),
    search: () => {
      searchRef.current?.focus()
      searchRef.current?.select()
    },
  })
  useEffect(() => {
    focusRef.current = () => handle.current?.focus(openId ?? rows[0]?.id ?? '')
  }, [focusRef, handle, openId, rows])
}
