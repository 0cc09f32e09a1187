'use client'

import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react'
import { Virtuoso, type VirtuosoHandle } from 'react-virtuoso'
import { LIST_PARTS } from './list-parts.tsx'

export interface ListHandle {
  /** Brings a row onto the screen and gives it the focus. */
  focus: (id: string) => void
  toTop: () => void
}

interface Props<Row extends { id: string }> {
  handle: RefObject<ListHandle | null>
  label: string
  rows: readonly Row[]
  openId: string | null
  /** A pointer or the keyboard's selection is on the list, so its order has to stay. */
  onHold: (isHeld: boolean) => void
  onEndReached: () => void
  renderRow: (row: Row, isTabStop: boolean) => ReactNode
  foot: ReactNode
}

const STEPS: Record<string, (index: number, last: number) => number> = {
  ArrowDown: (index) => index + 1,
  ArrowUp: (index) => index - 1,
  PageDown: (index) => index + 8,
  PageUp: (index) => index - 8,
  Home: () => 0,
  End: (_index, last) => last,
}

/** A long list that is one tab stop: arrow keys move inside it, only what is on the screen is in the page. */
export const ConversationList = <Row extends { id: string }>(props: Props<Row>) => {
  const { handle, label, rows, openId, onHold, onEndReached, renderRow, foot } = props
  const virtuoso = useRef<VirtuosoHandle>(null)
  const root = useRef<HTMLDivElement>(null)
  const holds = useRef({ pointer: false, keyboard: false })
  const [focusedId, setFocusedId] = useState<string | null>(null)
  const tabStopId = rows.some(({ id }) => id === focusedId) ? focusedId : (openId ?? rows[0]?.id)
  const stop = rows.some(({ id }) => id === tabStopId) ? tabStopId : rows[0]?.id

  const focusRow = (id: string) => {
    setFocusedId(id)
    const index = rows.findIndex((row) => row.id === id)
    const find = () =>
      root.current?.querySelector<HTMLElement>(`[data-conversation="${CSS.escape(id)}"]`)?.focus()
    virtuoso.current?.scrollIntoView({ index, behavior: 'auto', done: () => requestAnimationFrame(find) })
  }
  useImperativeHandle(handle, () => ({
    focus: focusRow,
    toTop: () => virtuoso.current?.scrollTo({ top: 0 }),
  }))

  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    const from = rows.findIndex(({ id }) => id === stop)
    if (!step || from < 0 || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    const index = Math.max(0, Math.min(rows.length - 1, step(from, rows.length - 1)))
    focusRow(rows[index]?.id ?? '')
  }
  // A list that goes away under the pointer is not held any more.
  useEffect(() => () => onHold(false), [onHold])
  const hold = (by: 'pointer' | 'keyboard', isHeld: boolean) => {
    holds.current[by] = isHeld
    onHold(holds.current.pointer || holds.current.keyboard)
  }
  const hover = (isHeld: boolean) => (event: PointerEvent) => {
    if (event.pointerType === 'mouse') hold('pointer', isHeld)
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the rows inside are what is acted on; here their events meet.
    <div
      ref={root}
      onKeyDown={onKeyDown}
      onPointerEnter={hover(true)}
      onPointerLeave={hover(false)}
      onFocus={(event) => {
        setFocusedId(event.target.closest<HTMLElement>('[data-conversation]')?.dataset.conversation ?? null)
        if (event.target.matches(':focus-visible')) hold('keyboard', true)
      }}
      onBlur={() => hold('keyboard', false)}
      className="min-h-0 flex-1"
    >
      <Virtuoso
        ref={virtuoso}
        data={rows as Row[]}
        computeItemKey={(_index, row) => row.id}
        itemContent={(_index, row) => renderRow(row, row.id === stop)}
        endReached={onEndReached}
        increaseViewportBy={{ top: 300, bottom: 600 }}
        components={LIST_PARTS}
        context={{ label, foot }}
        tabIndex={-1}
        className="h-full overscroll-contain"
      />
    </div>
  )
}
