import { useRef } from 'react'
import { holdOrder, keepOpen } from '../../../components/inbox/held-order.ts'
import type { Conversation } from '../../../server/contract/conversation.ts'
import { useConsole } from '../../_client/console-provider.tsx'
import { useStore } from '../../_client/store.ts'

interface Input {
  rows: readonly Conversation[]
  /** Another list begins with its own order. */
  listKey: string
  openId: string | null
  isHeld: boolean
}

/** The rows in the order in which they may be shown now, and how many wait to move. */
export const useHeldRows = ({ rows, listKey, openId, isHeld }: Input) => {
  const conversations = useStore(useConsole().cache, (cache) => cache.conversations)
  const shown = useRef<{ key: string; ids: readonly string[] }>({ key: listKey, ids: [] })
  const current = rows.map(({ id }) => id)
  const before = shown.current.key === listKey ? shown.current.ids : []
  const held = isHeld && before.length > 0 ? holdOrder(before, current) : release(before, current, openId)
  shown.current = { key: listKey, ids: held.ids }
  return { rows: held.ids.flatMap((id) => conversations.get(id) ?? []), updates: held.updates }
}

const release = (before: readonly string[], current: readonly string[], openId: string | null) => ({
  ids: keepOpen(before, current, openId),
  updates: 0,
})
