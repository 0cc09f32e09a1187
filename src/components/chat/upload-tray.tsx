import { CircleAlert, File as FileIcon, RotateCw, X } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { displayLine } from '../ui/display-text.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { fileSize } from './file-size.ts'

export interface TrayItem {
  key: string
  name: string
  size: number
  progress: number
  state: 'uploading' | 'ready' | 'failed'
  error: string | null
  canRetry: boolean
  /** A small picture of it, once it is there. */
  thumbUrl: string | null
}

interface Props {
  items: readonly TrayItem[]
  onRetry: (key: string) => void
  onRemove: (key: string) => void
}

const SAID = ['too_large', 'invalid_input', 'conflict', 'rate_limited', 'network'] as const

/** The files of the message that is being written: how far each is, and what can be done with it. */
export const UploadTray = ({ items, onRetry, onRemove }: Props) => {
  const t = useTranslations('chat.upload')
  if (items.length === 0) return null
  return (
    <ul aria-label={t('list')} className="flex flex-wrap gap-2 px-1 pb-2">
      {items.map((item) => (
        <TrayRow key={item.key} item={item} onRetry={onRetry} onRemove={onRemove} />
      ))}
    </ul>
  )
}

const TrayRow = ({ item, onRetry, onRemove }: { item: TrayItem } & Omit<Props, 'items'>) => {
  const t = useTranslations('chat.upload')
  const name = displayLine(item.name)
  const hasFailed = item.state === 'failed'
  return (
    <li
      className={`relative flex w-64 max-w-full items-center gap-2 overflow-hidden rounded-[10px] border px-2 py-1.5 ${hasFailed ? 'border-anar-line bg-anar-tint' : 'border-line bg-canvas'}`}
    >
      <Face item={item} />
      <span className="min-w-0 flex-1">
        <bdi className="one-line block text-sm">{name}</bdi>
        <Fate item={item} />
      </span>
      {item.canRetry && (
        <IconButton label={t('retry', { name })} onClick={() => onRetry(item.key)}>
          <RotateCw aria-hidden size={15} />
        </IconButton>
      )}
      <IconButton
        label={t(item.state === 'uploading' ? 'cancel' : 'remove', { name })}
        onClick={() => onRemove(item.key)}
      >
        <X aria-hidden size={16} />
      </IconButton>
    </li>
  )
}

const Face = ({ item: { state, thumbUrl } }: { item: TrayItem }) => {
  if (thumbUrl) {
    // biome-ignore lint/performance/noImgElement: signed addresses are not for Next's image cache.
    return <img src={thumbUrl} alt="" className="size-9 shrink-0 rounded-md object-cover" />
  }
  const Icon = state === 'failed' ? CircleAlert : FileIcon
  return (
    <Icon
      aria-hidden
      size={20}
      strokeWidth={1.75}
      className={`m-1 shrink-0 ${state === 'failed' ? 'text-anar' : 'text-dim'}`}
    />
  )
}

const Fate = ({ item: { state, error, progress, size, name } }: { item: TrayItem }) => {
  const t = useTranslations('chat.upload')
  const locale = useLocale()
  if (state === 'failed') {
    const said = SAID.find((one) => one === error) ?? 'unavailable'
    return (
      <span role="alert" className="block text-xs text-anar-ink">
        {t(`failed.${said}`)}
      </span>
    )
  }
  if (state === 'ready') return <span className="block text-xs text-dim">{fileSize(size, locale)}</span>
  return (
    <progress
      value={progress}
      max={1}
      aria-label={t('progress', { name: displayLine(name) })}
      className="mt-1 block h-1 w-full accent-firuze"
    />
  )
}
