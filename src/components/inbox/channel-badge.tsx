import { Camera, CircleHelp, Globe, Send } from 'lucide-react'
import type { Conversation } from '../../server/contract/conversation.ts'
import { cx } from '../ui/cx.ts'

type Source = Conversation['source']

const ICONS = { telegram: Send, instagram: Camera, website: Globe, unknown: CircleHelp } as const
const COLOURS: Record<Source, string> = {
  telegram: 'bg-telegram',
  instagram: 'bg-instagram',
  website: 'bg-website',
  unknown: 'bg-website',
}

/** The platform a customer writes from, as a mark on the corner of an avatar. */
export const ChannelBadge = ({ source, ring = 'ring-canvas' }: { source: Source; ring?: string }) => {
  const Icon = ICONS[source]
  return (
    <span
      className={cx('grid size-4.5 place-items-center rounded-full text-white ring-2', COLOURS[source], ring)}
    >
      <Icon aria-hidden size={10} strokeWidth={2.4} className={source === 'telegram' ? '-ms-px mt-px' : ''} />
    </span>
  )
}

/** The same as an icon beside words. */
export const ChannelIcon = ({ source, size = 16 }: { source: Source; size?: number }) => {
  const Icon = ICONS[source]
  return <Icon aria-hidden size={size} strokeWidth={1.75} />
}
