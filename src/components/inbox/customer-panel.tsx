import { AtSign, CalendarDays, Hash, IdCard, Mail, MessageSquare, Pencil, Phone, UserX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Conversation } from '../../server/contract/conversation.ts'
import { reachOf } from '../chat/reach.ts'
import type { Formats } from '../chat/time.ts'
import { Avatar, hueOf } from '../ui/avatar.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { displayLine, displayText } from '../ui/display-text.ts'
import { Name } from '../ui/name.tsx'
import { ChannelBadge, ChannelIcon } from './channel-badge.tsx'
import { customerName } from './customer-name.ts'
import { Fact, Facts, Heading } from './facts.tsx'

interface Props {
  conversation: Conversation
  formats: Formats
  onEdit: () => void
  /** What else can be done with the customer of this name. */
  acts: (name: string) => ReactNode
}

/** Who the customer is and what this conversation has been so far. */
export const CustomerPanel = ({ conversation, formats, onEdit, acts }: Props) => {
  const t = useTranslations('inbox')
  const { customer } = conversation
  const name =
    customerName(conversation) ?? t('nameless', { number: formats.number(conversation.customerId) })
  const about = displayText(customer.bio ?? '')
  const note = displayText(customer.description ?? '')
  return (
    <div className="px-5 pt-6 pb-8">
      <div className="grid justify-items-center gap-2 border-b border-line pb-5 text-center">
        <Avatar
          size="xl"
          name={name}
          seed={conversation.customerId}
          badge={<ChannelBadge source={conversation.source} />}
        />
        <h2 className="text-lg font-strong leading-7">
          <Name>{name}</Name>
        </h2>
        {about && <p className="prose-plain text-sm text-dim">{about}</p>}
        {!customer.erasedAt && customer.unreachable !== undefined && (
          <Unreachable reason={customer.unreachable} />
        )}
        <div className="flex flex-wrap items-center justify-center gap-1.5">
          {!customer.erasedAt && (
            <Button size="sm" aria-label={t('panel.editNamed', { name })} onClick={onEdit}>
              <Pencil aria-hidden size={14} />
              {t('panel.edit')}
            </Button>
          )}
          {acts(name)}
        </div>
        {customer.erasedAt && (
          <p className="text-sm text-dim">{t('panel.erased', { date: formats.date(customer.erasedAt) })}</p>
        )}
      </div>
      {note && (
        <section>
          <Heading>{t('panel.note')}</Heading>
          <p className="prose-plain">{note}</p>
        </section>
      )}
      {!customer.erasedAt && (
        <Facts title={t('panel.details')}>
          <Handles conversation={conversation} />
        </Facts>
      )}
      {customer.tags.length > 0 && (
        <section>
          <Heading>{t('panel.tags')}</Heading>
          <ul className="flex flex-wrap gap-1.5">
            {customer.tags.map((tag) => (
              <Tag key={tag.id} name={displayLine(tag.name)} />
            ))}
          </ul>
        </section>
      )}
      <Facts title={t('panel.conversation')}>
        <Fact icon={<ChannelIcon source={conversation.source} />} label={t('panel.channel')}>
          {t(`source.${conversation.source}`)}
        </Fact>
        <Fact icon={<CalendarDays aria-hidden size={16} strokeWidth={1.75} />} label={t('panel.began')}>
          {formats.date(conversation.createdAt)}
        </Fact>
        <Fact icon={<MessageSquare aria-hidden size={16} strokeWidth={1.75} />} label={t('panel.messages')}>
          {t('panel.messageCount', {
            count: conversation.lastSeq,
            shown: formats.number(conversation.lastSeq),
          })}
        </Fact>
        <Fact icon={<Hash aria-hidden size={16} strokeWidth={1.75} />} label={t('panel.id')}>
          <span className="ltr font-mono text-sm select-all">{conversation.id}</span>
        </Fact>
      </Facts>
    </div>
  )
}

/** That nothing reaches them now, and until when. */
const Unreachable = ({ reason }: { reason: string }) => {
  const t = useTranslations('chat.header')
  const reach = reachOf(reason)
  return (
    <div className="grid justify-items-center gap-1.5">
      <Badge tone="anar" icon={<UserX aria-hidden size={13} />}>
        {t(reach)}
      </Badge>
      <p className="text-sm text-dim">{t(`${reach}Hint`)}</p>
    </div>
  )
}

const Handles = ({ conversation: { customer } }: Pick<Props, 'conversation'>) => {
  const t = useTranslations('inbox.panel')
  const rows = [
    { Icon: AtSign, label: t('username'), value: customer.username },
    { Icon: Phone, label: t('phone'), value: customer.phoneNumber },
    { Icon: Mail, label: t('email'), value: customer.email },
    { Icon: IdCard, label: t('sourceId'), value: idOf(customer) },
  ].filter(({ value }) => value)
  return rows.map(({ Icon, label, value }) => (
    <Fact key={label} icon={<Icon aria-hidden size={16} strokeWidth={1.75} />} label={label}>
      <span className="ltr wrap-anywhere select-all">{displayLine(value ?? '')}</span>
    </Fact>
  ))
}

/** What their platform or their site calls them. The number of a visitor whom nobody names tells nothing. */
const idOf = ({ source, sourceId }: Conversation['customer']): string | null => {
  if (source !== 'website') return sourceId
  return sourceId?.startsWith('user:') ? sourceId.slice('user:'.length) : null
}

const Tag = ({ name }: { name: string }) => (
  <li data-hue={hueOf(name)} className="hued-soft max-w-full rounded-lg px-2.5 py-0.5 text-xs font-medium">
    <Name className="one-line block">{name}</Name>
  </li>
)
