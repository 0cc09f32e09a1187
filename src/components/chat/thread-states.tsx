import { CloudOff, MessageCircle, SearchX, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { Button } from '../ui/button.tsx'
import { cx } from '../ui/cx.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Skeleton, SkeletonGroup } from '../ui/skeleton.tsx'

const LINES = [
  { width: 180, isOwn: false },
  { width: 320, isOwn: false },
  { width: 260, isOwn: true },
  { width: 220, isOwn: false },
  { width: 340, isOwn: true },
]

/** A thread before it was read for the first time. */
export const ThreadSkeleton = () => (
  <SkeletonGroup
    label={useTranslations('chat')('loading')}
    className="flex min-h-0 flex-1 flex-col justify-end gap-3 px-4 pb-8 pane:px-7"
  >
    {LINES.map(({ width, isOwn }) => (
      <span key={width} style={{ width }} className={cx('max-w-[76%]', isOwn ? 'self-end' : 'self-start')}>
        <Skeleton className="h-13 rounded-bubble!" />
      </span>
    ))}
  </SkeletonGroup>
)

/** No conversation is chosen. */
export const NoThread = () => {
  const t = useTranslations('chat.none')
  return (
    <div className="grid flex-1 place-items-center">
      <EmptyState icon={<MessageCircle size={24} strokeWidth={1.5} />} title={t('title')}>
        {t.rich('why', { k: (keys) => <kbd className="ltr font-sans font-medium text-ink">{keys}</kbd> })}
      </EmptyState>
    </div>
  )
}

/** A conversation that was opened, and in which nobody has written yet. */
export const NothingSaid = () => {
  const t = useTranslations('chat.empty')
  return (
    <EmptyState className="m-auto" icon={<MessageCircle size={24} strokeWidth={1.5} />} title={t('title')}>
      {t('why')}
    </EmptyState>
  )
}

interface FailedProps {
  kind: 'failed' | 'missing' | 'gone'
  isBusy: boolean
  onRetry: () => void
  onBack: () => void
}

const FAILED_ICONS = { failed: CloudOff, missing: SearchX, gone: Trash2 } as const

/** The thread could not be read, is not there for this person, or was deleted while it was open. */
export const ThreadFailed = ({ kind, isBusy, onRetry, onBack }: FailedProps) => {
  const t = useTranslations('chat')
  const Icon = FAILED_ICONS[kind]
  const action = useRef<HTMLButtonElement>(null)
  // What had the focus may have gone with the conversation.
  useEffect(() => {
    if (kind === 'gone' && document.activeElement === document.body) action.current?.focus()
  }, [kind])
  return (
    <div role="alert" className="grid flex-1 place-items-center">
      <EmptyState
        tone={kind === 'failed' ? 'anar' : 'plain'}
        icon={<Icon size={24} strokeWidth={1.5} />}
        title={t(`${kind}.title`)}
        action={
          <Button ref={action} busy={isBusy} onClick={kind === 'failed' ? onRetry : onBack}>
            {t(`${kind}.action`)}
          </Button>
        }
      >
        {t(`${kind}.why`)}
      </EmptyState>
    </div>
  )
}
