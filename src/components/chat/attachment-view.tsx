'use client'

import { CircleAlert, Clock, Download, File as FileIcon } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { lazy, Suspense, useState } from 'react'
import type { Attachment } from '../../server/contract/attachment.ts'
import { isShownType } from '../../server/contract/attachment-kind.ts'
import type { FileLink } from '../../server/contract/files.ts'
import { cx } from '../ui/cx.ts'
import { displayLine } from '../ui/display-text.ts'
import { fileSize } from './file-size.ts'

// Loaded when a picture is opened, and not before.
const Lightbox = lazy(async () => ({ default: (await import('./lightbox.tsx')).Lightbox }))

const MAX_SIDE = 320
const STICKER = 160
/** What the browser's controls of a film need. */
const MIN_FILM = 240

interface Props {
  attachment: Attachment
  /** Where its bytes are; missing until that is known. */
  link: FileLink | undefined
}

/** A file of a message: what can be shown is shown, what is still coming or never will says so. */
export const AttachmentView = ({ attachment, link }: Props) => {
  const { state, kind, mime } = attachment
  if (state !== 'ready') return <Missing attachment={attachment} />
  const isShown = isShownType(mime) && kind !== 'file'
  if (isShown && mime.startsWith('image/')) return <Picture attachment={attachment} link={link} />
  if (isShown && mime.startsWith('video/') && kind !== 'voice' && kind !== 'audio')
    return <Film attachment={attachment} link={link} />
  if (isShown) return <Sound attachment={attachment} link={link} />
  return <FileChip attachment={attachment} link={link} />
}

/** The box that a picture will fill, so that nothing moves when it arrives. */
const boxOf = ({ width, height, kind }: Attachment) => {
  const [w, h] = [width ?? MAX_SIDE, height ?? MAX_SIDE * 0.75]
  const max = kind === 'sticker' ? STICKER : MAX_SIDE
  const scale = Math.min(1, max / w, max / h)
  return { width: Math.max(48, Math.round(w * scale)), height: Math.max(48, Math.round(h * scale)) }
}

const Picture = ({ attachment, link }: Props) => {
  const t = useTranslations('chat.file')
  const [isOpen, setIsOpen] = useState(false)
  const box = boxOf(attachment)
  // What moves is shown as it is; a still is enough of all else.
  const source = attachment.kind === 'animation' ? link?.url : (link?.thumbUrl ?? link?.url)
  const name = displayLine(attachment.name)
  return (
    <>
      <button
        type="button"
        disabled={!link}
        aria-label={t('openPicture', { name })}
        onClick={() => setIsOpen(true)}
        className={cx(
          'block max-w-full self-start overflow-hidden',
          attachment.kind === 'sticker' ? 'rounded-box' : 'rounded-[12px] bg-hover',
        )}
      >
        {source ? (
          // biome-ignore lint/performance/noImgElement: signed addresses are not for Next's image cache.
          <img
            {...box}
            src={source}
            alt={name}
            loading="lazy"
            decoding="async"
            className="h-auto max-w-full object-cover"
          />
        ) : (
          <span className="block max-w-full animate-pulse" style={box} />
        )}
      </button>
      {isOpen && link && (
        <Suspense fallback={null}>
          <Lightbox url={link.url} name={name} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  )
}

const Film = ({ attachment, link }: Props) => {
  const t = useTranslations('chat.kind')
  const isLoop = attachment.kind === 'animation'
  const box = boxOf(attachment)
  return (
    <video
      {...box}
      {...(box.width < MIN_FILM && { width: MIN_FILM })}
      src={link?.url}
      controls
      loop={isLoop}
      preload="metadata"
      aria-label={`${t('video')}: ${displayLine(attachment.name)}`}
      className="min-h-36 max-w-full self-start rounded-[12px] bg-[rgb(0_0_0)]"
    />
  )
}

const Sound = ({ attachment, link }: Props) => {
  const t = useTranslations('chat.kind')
  return (
    // biome-ignore lint/a11y/useMediaCaption: nobody has captions of what a customer said.
    <audio
      src={link?.url}
      controls
      preload="metadata"
      aria-label={`${t('voice')}: ${displayLine(attachment.name)}`}
      className="h-10 w-72 max-w-full"
    />
  )
}

const FileChip = ({ attachment, link }: Props) => {
  const t = useTranslations('chat.file')
  const locale = useLocale()
  const { size } = attachment
  const name = displayLine(attachment.name)
  return (
    <a
      href={link?.url}
      download={attachment.name}
      aria-disabled={!link}
      aria-label={t('download', { name, size: size === null ? '' : fileSize(size, locale) })}
      className="flex w-72 max-w-full items-center gap-2.5 rounded-[10px] border border-line bg-surface px-3 py-2 hover:bg-hover"
    >
      <FileIcon aria-hidden size={20} strokeWidth={1.75} className="shrink-0 text-dim" />
      <span className="min-w-0 flex-1">
        <bdi className="one-line ui-start block text-sm font-medium">{name}</bdi>
        {size !== null && <span className="block text-xs text-dim">{fileSize(size, locale)}</span>}
      </span>
      <Download aria-hidden size={16} className="shrink-0 text-dim" />
    </a>
  )
}

const REASONS = ['gone', 'too_big', 'unreadable', 'unavailable'] as const

const Missing = ({ attachment: { state, kind, reason, name } }: { attachment: Attachment }) => {
  const t = useTranslations('chat.file')
  const known = REASONS.find((one) => one === reason) ?? 'unavailable'
  const isPending = state === 'pending'
  const Icon = isPending ? Clock : CircleAlert
  return (
    <span className="flex w-72 max-w-full items-start gap-2.5 rounded-[10px] border border-line bg-surface px-3 py-2">
      <Icon
        aria-hidden
        size={18}
        strokeWidth={1.75}
        className={`mt-0.5 shrink-0 ${isPending ? 'text-dim' : 'text-anar'}`}
      />
      <span className="min-w-0">
        <span className="block text-sm font-medium">
          {kind === 'file' ? <bdi>{displayLine(name)}</bdi> : t(`kind.${kind}`)}
        </span>
        <span className="block text-xs text-dim">{isPending ? t('pending') : t(`failed.${known}`)}</span>
      </span>
    </span>
  )
}
