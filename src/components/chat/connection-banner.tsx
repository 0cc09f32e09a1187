import { Check, CloudOff, LoaderCircle } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { cx } from '../ui/cx.ts'

type BannerState =
  | { kind: 'connecting' }
  | { kind: 'offline'; unsent: number }
  | { kind: 'caught-up'; messages: number }

interface Props {
  banner: BannerState | null
  number: (value: number) => string
  /** On a phone: a thread is open, whose newest words stand at the foot. */
  isOverThread: boolean
  onRetry: () => void
}

/** What the person should know about the connection, and that nothing is lost. */
export const ConnectionBanner = ({ banner, number, isOverThread, onRetry }: Props) => (
  <div
    role="status"
    className={cx(
      'pointer-events-none absolute inset-x-0 z-30 grid justify-items-center px-4 pane:inset-bs-17',
      isOverThread ? 'max-pane:inset-bs-17' : 'max-pane:inset-be-3',
    )}
  >
    {banner && <Pill key={banner.kind} banner={banner} number={number} onRetry={onRetry} />}
  </div>
)

const Pill = ({ banner, number, onRetry }: Omit<Props, 'isOverThread'> & { banner: BannerState }) => {
  const t = useTranslations('shell.connection')
  const isGood = banner.kind === 'caught-up'
  return (
    <div
      className={cx(
        'pointer-events-auto flex min-h-9 max-w-full animate-pop items-center gap-2 rounded-[18px] border px-3.5 py-1 text-sm leading-5.5 font-medium shadow-float',
        isGood ? 'border-own-line bg-own text-ink' : 'border-zaferan-line bg-zaferan-tint text-zaferan-ink',
      )}
    >
      <span className="shrink-0">
        <BannerIcon kind={banner.kind} />
      </span>
      {banner.kind === 'connecting' && t('connecting')}
      {banner.kind === 'offline' &&
        (banner.unsent > 0
          ? t('offlineUnsent', { count: banner.unsent, shown: number(banner.unsent) })
          : t('offline'))}
      {banner.kind === 'caught-up' &&
        (banner.messages > 0
          ? t('caughtUp', { count: banner.messages, shown: number(banner.messages) })
          : t('connected'))}
      {banner.kind === 'offline' && (
        <button
          type="button"
          onClick={onRetry}
          className="touch -me-1.5 -my-1 shrink-0 rounded-full px-2.5 py-1 whitespace-nowrap underline underline-offset-3"
        >
          {t('retry')}
        </button>
      )}
    </div>
  )
}

const BannerIcon = ({ kind }: { kind: BannerState['kind'] }) => {
  if (kind === 'caught-up') return <Check aria-hidden size={16} />
  if (kind === 'offline') return <CloudOff aria-hidden size={16} />
  return <LoaderCircle aria-hidden size={16} className="animate-turn" />
}
