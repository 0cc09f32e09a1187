import { usePathname, useSearchParams } from 'next/navigation'
import { useCallback, useMemo } from 'react'
import { type InboxView, VIEWS } from '../../../components/inbox/list-header.tsx'

export interface InboxAddress {
  conversationId: string | null
  view: InboxView
  search: string
  /** The details lie over the thread, on screens where there is no room beside it. */
  hasPanelOver: boolean
}

/** Where one is in the inbox, as the address bar says it; going elsewhere asks the server for nothing. */
export const useInboxAddress = () => {
  const path = usePathname()
  const params = useSearchParams()
  const address = useMemo(() => read(path, params), [path, params])
  const hrefOf = useCallback(
    (change: Partial<InboxAddress>) => write({ ...address, hasPanelOver: false, ...change }),
    [address],
  )
  return { address, hrefOf, go }
}

/** The conversation the address names now; rendering may be a key press behind. */
export const currentConversation = (): string | null => current().conversationId

const current = () => read(window.location.pathname, new URLSearchParams(window.location.search))

// Next keeps its own state in step with the history's, so the panes follow without a request.
const go = (change: Partial<InboxAddress>, how: 'push' | 'replace' = 'push') => {
  const href = write({ ...current(), hasPanelOver: false, ...change })
  if (how === 'push') window.history.pushState(null, '', href)
  else window.history.replaceState(null, '', href)
}

const read = (path: string, params: URLSearchParams): InboxAddress => ({
  conversationId: /^\/inbox\/(\w{1,10})\/?$/.exec(path)?.[1] ?? null,
  view: VIEWS.find((view) => view === params.get('view')) ?? 'open',
  search: params.get('q') ?? '',
  hasPanelOver: params.has('details'),
})

const write = ({ conversationId, view, search, hasPanelOver }: InboxAddress): string => {
  const params = new URLSearchParams()
  if (view !== 'open') params.set('view', view)
  if (search !== '') params.set('q', search)
  if (hasPanelOver) params.set('details', '1')
  const query = params.toString()
  return `/inbox${conversationId ? `/${conversationId}` : ''}${query ? `?${query}` : ''}`
}
