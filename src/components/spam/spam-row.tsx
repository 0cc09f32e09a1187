'use client'

import { Trash2 } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { HeldMessage } from '../../server/contract/spam.ts'
import type { Formats } from '../chat/time.ts'
import { ChannelBadge } from '../inbox/channel-badge.tsx'
import { customerName } from '../inbox/customer-name.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button, buttonClass } from '../ui/button.tsx'
import { isolated } from '../ui/display-text.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Name } from '../ui/name.tsx'
import { HeldText } from './held-text.tsx'

interface Props {
  message: HeldMessage
  isChosen: boolean
  canDelete: boolean
  isBusy: boolean
  formats: Formats
  now: number
  onChoose: (id: string, isChosen: boolean) => void
  onRelease: (id: string) => void
  onDiscard: (id: string) => void
}

/** One held message: who wrote it, what, why it is held, and what to do with it. */
export const SpamRow = (props: Props) => {
  const { message, formats, now } = props
  const t = useTranslations('spam')
  const { id, customer, heldAt, channelName } = message
  const name = customerName(message) ?? t('nameless', { number: formats.number(customer.id) })
  const shown = isolated(name)
  return (
    <li aria-label={t('from', { name: shown, time: formats.full(heldAt) })} className="flex gap-3 py-4">
      <input
        type="checkbox"
        aria-label={t('select', { name: shown })}
        className="mt-3 size-4.5 shrink-0 accent-firuze"
        checked={props.isChosen}
        onChange={(event) => props.onChoose(id, event.currentTarget.checked)}
      />
      <span className="max-pane:hidden">
        <Avatar
          name={name}
          seed={customer.id}
          badge={<ChannelBadge source={customer.source} ring="ring-surface" />}
        />
      </span>
      <div className="grid min-w-0 flex-1 gap-2">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <Name className="font-medium wrap-anywhere">{name}</Name>
          {channelName && <Name className="text-sm text-dim wrap-anywhere">{channelName}</Name>}
          <time dateTime={heldAt} title={formats.full(heldAt)} className="ms-auto text-xs text-faint">
            {formats.brief(heldAt, now)}
          </time>
        </p>
        <HeldText kind={message.kind}>{message.content}</HeldText>
        <Reasons message={message} number={formats.number} />
        <Actions {...props} name={shown} />
      </div>
    </li>
  )
}

const Reasons = ({ message, number }: { message: HeldMessage; number: (value: number) => string }) => {
  const t = useTranslations('spam')
  return (
    <ul aria-label={t('why')} className="flex flex-wrap gap-1.5">
      {message.reasons.map(({ code, times }) => (
        <li key={code} className="max-w-full">
          <Badge tone="zaferan">{t(`reasons.${code}`, { count: times, shown: number(times) })}</Badge>
        </li>
      ))}
    </ul>
  )
}

const Actions = ({ message, name, canDelete, isBusy, onRelease, onDiscard }: Props & { name: string }) => {
  const t = useTranslations('spam')
  const { id, conversationId } = message
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button
        data-release
        size="sm"
        disabled={isBusy}
        aria-label={t('releaseOf', { name })}
        onClick={() => onRelease(id)}
      >
        {t('release')}
      </Button>
      {message.isConversationShown && (
        <Link
          href={`/inbox/${conversationId}`}
          aria-label={t('openOf', { name })}
          className={buttonClass('quiet', 'sm')}
        >
          {t('open')}
        </Link>
      )}
      {canDelete && (
        <span className="ms-auto">
          <IconButton label={t('discardOf', { name })} disabled={isBusy} onClick={() => onDiscard(id)}>
            <Trash2 size={17} aria-hidden />
          </IconButton>
        </span>
      )}
    </div>
  )
}
