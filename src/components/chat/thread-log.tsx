'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect } from 'react'
import { Edge } from './edge.tsx'
import { EdgeState, type PageEdge } from './edge-state.tsx'
import { JumpButton } from './jump-button.tsx'
import { type BubbleActions, MessageBubble } from './message-bubble.tsx'
import type { ThreadItem } from './thread-items.ts'
import { moveAmongMessages } from './thread-keys.ts'
import { DayLine, HeldLine, NewLine } from './thread-lines.tsx'
import { NothingSaid } from './thread-states.tsx'
import type { Formats } from './time.ts'
import { useThreadScroll } from './use-thread-scroll.ts'

interface Props {
  threadKey: string
  items: readonly ThreadItem[]
  isReady: boolean
  older: PageEdge
  newer: PageEdge
  sentCount: number
  /** Messages of the customer that came while the end was out of sight. */
  missed: number
  actions: BubbleActions
  formats: Formats
  source: string
  now: number
  /** At the very end: who is typing. */
  foot: ReactNode
  onEnd: (isAtEnd: boolean) => void
  onJump: () => void
}

/** The messages of one conversation, still under the eye while they grow at either end. */
export const ThreadLog = (props: Props) => {
  const { items, older, newer, actions, formats, source, now, onEnd } = props
  const t = useTranslations('chat')
  const scroll = useThreadScroll(props)
  const isAtEnd = scroll.isAtEnd && !newer.exists
  useEffect(() => onEnd(isAtEnd), [isAtEnd, onEnd])
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroll.scroller}
        data-scroller
        role="log"
        aria-live="off"
        aria-label={t('log')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        onScroll={scroll.onScroll}
        onKeyDown={moveAmongMessages}
        className="h-full overflow-y-auto overscroll-contain outline-offset-[-3px] [overflow-anchor:none]"
      >
        <div ref={scroll.content} className="flex min-h-full flex-col justify-end px-4 pt-4 pb-1 pane:px-7">
          <Edge
            key={`top:${props.threadKey}:${items[0]?.key}`}
            isActive={isActive(older)}
            onReach={older.load}
          />
          <EdgeState edge={older} />
          {items.length === 0 && <NothingSaid />}
          {items.map((item) => (
            <Item key={item.key} item={item} actions={actions} formats={formats} source={source} now={now} />
          ))}
          <EdgeState edge={newer} />
          <Edge
            key={`end:${props.threadKey}:${items.at(-1)?.key}`}
            isActive={isActive(newer)}
            onReach={newer.load}
          />
          {props.foot}
        </div>
      </div>
      {!isAtEnd && props.isReady && (
        <JumpButton
          count={props.missed}
          shown={formats.number(props.missed)}
          onJump={() => {
            props.onJump()
            scroll.jumpToEnd()
          }}
        />
      )}
    </div>
  )
}

const isActive = ({ exists, isLoading, hasFailed }: PageEdge) => exists && !isLoading && !hasFailed

type ItemProps = Pick<Props, 'actions' | 'formats' | 'source' | 'now'> & { item: ThreadItem }

const Item = ({ item, actions, formats, source, now }: ItemProps) => {
  if (item.kind === 'day') return <DayLine id={item.key}>{formats.day(item.at, now)}</DayLine>
  if (item.kind === 'new') return <NewLine id={item.key} />
  if (item.kind === 'held')
    return <HeldLine id={item.key} count={item.count} shown={formats.number(item.count)} />
  return <MessageBubble bubble={item} actions={actions} formats={formats} source={source} />
}
