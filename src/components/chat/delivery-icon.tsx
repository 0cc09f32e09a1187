import {
  Ban,
  Check,
  CheckCheck,
  CircleAlert,
  CircleHelp,
  Clock,
  ClockAlert,
  Hourglass,
  Unplug,
} from 'lucide-react'
import type { Standing } from './delivery.ts'

const ICONS = {
  queued: { Icon: Clock, colour: '' },
  unsent: { Icon: ClockAlert, colour: 'text-zaferan-ink' },
  stored: { Icon: Check, colour: '' },
  retrying: { Icon: ClockAlert, colour: 'text-zaferan-ink' },
  accepted: { Icon: CheckCheck, colour: '' },
  delivered: { Icon: CheckCheck, colour: '' },
  read: { Icon: CheckCheck, colour: 'text-firuze' },
  unconfirmed: { Icon: CircleHelp, colour: 'text-zaferan-ink' },
  waiting: { Icon: Unplug, colour: 'text-zaferan-ink' },
  checking: { Icon: Hourglass, colour: 'text-zaferan-ink' },
  cancelled: { Icon: Ban, colour: '' },
  failed: { Icon: CircleAlert, colour: 'text-anar' },
  refused: { Icon: CircleAlert, colour: 'text-anar' },
} as const satisfies Record<Standing['step'], unknown>

/** One rung of the delivery ladder. Ticks and clocks look the same in both directions of reading. */
export const DeliveryIcon = ({ standing, size = 15 }: { standing: Standing; size?: number }) => {
  const { Icon, colour } = ICONS[standing.step]
  return <Icon aria-hidden size={size} strokeWidth={2} className={colour} />
}
