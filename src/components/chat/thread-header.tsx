'use client'

import { ArrowRight, Bot, Check, Eye, PanelRight, RotateCcw, UserRound, UserX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { cx } from '../ui/cx.ts'
import { displayLine } from '../ui/display-text.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Name } from '../ui/name.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Tooltip } from '../ui/tooltip.tsx'
import { reachOf } from './reach.ts'

interface Props {
  /** Null, as the name is, while it is not known whose conversation this is. */
  avatar: ReactNode
  name: string | null
  /** The platform and what else is worth a glance. */
  about: string
  /** Nothing reaches the customer now. */
  unreachable: string | undefined
  viewers: readonly { userId: number; name: string }[]
  isClosed: boolean
  /** Nothing more can come of it: nobody knows whose it was. */
  isOver: boolean
  /** What is on its way: the end of the conversation, or the other hand. */
  busy: 'end' | 'hand' | null
  isPanelOpen: boolean
  /** Who could answer instead: the person where the bot does, the bot where it may; null: nobody else. */
  otherHand: 'person' | 'bot' | null
  /** What is seldom done, behind one button. */
  menu: ReactNode
  onBack: () => void
  onPanel: () => void
  onStatus: () => void
  onHand: () => void
}

/** Whose conversation this is, who else looks on, and its end. */
export const ThreadHeader = (props: Props) => {
  const t = useTranslations('chat.header')
  const { isClosed, name } = props
  return (
    <header className="flex min-h-15.5 shrink-0 items-center gap-2 border-b border-line px-2.5 pane:gap-3 py-2 pane:px-5">
      <div className="-me-2 pane:hidden">
        <IconButton label={t('back')} onClick={props.onBack}>
          <ArrowRight aria-hidden size={20} className="rotate-180 rtl:rotate-0" />
        </IconButton>
      </div>
      {props.avatar ?? <Skeleton className="size-9.5 rounded-full!" />}
      <div className="min-w-0 flex-1">
        {name === null ? (
          <Skeleton className="h-3.5 w-36" />
        ) : (
          <>
            <h2 className="one-line text-md leading-6 font-strong">
              <Name>{name}</Name>
            </h2>
            <About about={props.about} viewers={props.viewers} unreachable={props.unreachable} />
          </>
        )}
      </div>
      <HandButton {...props} />
      {!props.isOver && (
        <Tooltip label={t(isClosed ? 'reopenHint' : 'resolveHint')} hint="E">
          <Button
            tone={isClosed ? 'plain' : 'strong'}
            busy={props.busy === 'end'}
            disabled={name === null}
            onClick={props.onStatus}
          >
            {isClosed ? <RotateCcw aria-hidden size={16} /> : <Check aria-hidden size={16} />}
            <span className="max-pane:sr-only">{t(isClosed ? 'reopen' : 'resolve')}</span>
          </Button>
        </Tooltip>
      )}
      <div className="flex pane:gap-0.5">
        <IconButton
          label={t(props.isPanelOpen ? 'hidePanel' : 'showPanel')}
          hint="I"
          aria-pressed={props.isPanelOpen}
          className={cx(props.menu !== null && 'max-pane:hidden')}
          onClick={props.onPanel}
        >
          <PanelRight aria-hidden size={19} strokeWidth={1.75} className="mirror" />
        </IconButton>
        {props.menu}
      </div>
    </header>
  )
}

const HandButton = ({ otherHand, busy, onHand }: Props) => {
  const t = useTranslations('chat.header')
  if (otherHand === null) return null
  const [Icon, verb] = otherHand === 'bot' ? [Bot, 'handToBot' as const] : [UserRound, 'takeOver' as const]
  return (
    <Tooltip label={t(`${verb}Hint`)}>
      <Button busy={busy === 'hand'} onClick={onHand} className="max-pane:px-2.5">
        <Icon aria-hidden size={16} />
        <span className="max-lap:sr-only">{t(verb)}</span>
      </Button>
    </Tooltip>
  )
}

const About = ({ about, viewers, unreachable }: Pick<Props, 'about' | 'viewers' | 'unreachable'>) => {
  const t = useTranslations('chat.header')
  const [first] = viewers
  return (
    <p role="status" className="one-line text-sm leading-5.5 text-dim">
      {first ? (
        <span className="inline-flex max-w-full items-center gap-1.25 align-bottom text-zaferan-ink">
          <Eye aria-hidden size={14} className="shrink-0" />
          <span className="one-line">
            {viewers.length === 1
              ? t.rich('viewing', { name: displayLine(first.name), b: (chunks) => <bdi>{chunks}</bdi> })
              : t('viewingMany', { count: viewers.length })}
          </span>
        </span>
      ) : (
        <>
          {about}
          {unreachable !== undefined && (
            <span
              className="ms-2 inline-flex items-center gap-1 text-anar-ink"
              title={t(`${reachOf(unreachable)}Hint`)}
            >
              <UserX aria-hidden size={13} />
              {t(reachOf(unreachable))}
            </span>
          )}
        </>
      )}
    </p>
  )
}
