'use client'

import { AtSign, Clapperboard, Contact, Eye, FileText, MapPin, Share2, Sparkles } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { SimulatedFile, SimulatedMessage } from '../../server/contract/simulator.ts'
import { cx } from '../ui/cx.ts'
import { usePhoneActions } from './phone-actions.ts'

/** What a message is besides its words. */
export const PhoneMedia = ({ message }: { message: SimulatedMessage }) => {
  const t = useTranslations('simulator.phone.kinds')
  return (
    <>
      <Note message={message} />
      {message.files.map((file) => (
        <OneFile key={file.key} file={file} kind={message.kind} label={t(message.kind)} />
      ))}
      {message.place && (
        <Line icon={<MapPin size={17} aria-hidden />}>
          {t('location')}{' '}
          <span className="ltr numeric">
            {message.place.latitude.toFixed(4)}, {message.place.longitude.toFixed(4)}
          </span>
        </Line>
      )}
      {message.contact && (
        <Line icon={<Contact size={17} aria-hidden />}>
          <bdi>{message.contact.name}</bdi> <span className="ltr numeric">{message.contact.phone}</span>
        </Line>
      )}
    </>
  )
}

const NOTES: Partial<Record<SimulatedMessage['kind'], ReactNode>> = {
  story_reply: <Eye size={15} aria-hidden />,
  story_mention: <AtSign size={15} aria-hidden />,
  share: <Share2 size={15} aria-hidden />,
  reel: <Clapperboard size={15} aria-hidden />,
  other: <Sparkles size={15} aria-hidden />,
}

const Note = ({ message }: { message: SimulatedMessage }) => {
  const t = useTranslations('simulator.phone.kinds')
  const icon = NOTES[message.kind]
  const isHeart = message.kind === 'sticker' && message.files.length === 0
  if (isHeart) {
    return (
      <p role="img" aria-label={t('sticker')} className="text-[40px] leading-tight">
        ❤️
      </p>
    )
  }
  return icon ? <Line icon={icon}>{t(message.kind)}</Line> : null
}

const Line = ({ icon, children }: { icon: ReactNode; children: ReactNode }) => (
  <p className="flex items-center gap-2 py-0.5 text-sm text-dim">
    {icon}
    <span>{children}</span>
  </p>
)

const isImage = (mime: string) => /^image\/(jpeg|png|gif|webp)$/.test(mime)

const OneFile = ({
  file,
  kind,
  label,
}: {
  file: SimulatedFile
  kind: SimulatedMessage['kind']
  label: string
}) => {
  const { fileUrl } = usePhoneActions()
  const url = fileUrl(file.key)
  if (isImage(file.mime)) {
    return (
      // biome-ignore lint/performance/noImgElement: the bytes are the emulator's, and no image is to be made of them.
      <img
        src={url}
        alt={label}
        // Its room is there before it is: a log that stands at its end stays there.
        className={cx('my-1 rounded-card', kind === 'sticker' ? 'size-24' : 'h-40 w-52 object-cover')}
      />
    )
  }
  if (file.mime.startsWith('video/')) {
    return (
      // biome-ignore lint/a11y/useMediaCaption: what customers send has no captions.
      <video
        src={url}
        controls
        aria-label={label}
        className={cx(
          'my-1 object-cover',
          kind === 'round_video' ? 'size-40 rounded-full' : 'h-40 w-52 rounded-card',
        )}
      />
    )
  }
  if (file.mime.startsWith('audio/')) {
    // biome-ignore lint/a11y/useMediaCaption: what customers send has no captions.
    return <audio src={url} controls aria-label={label} className="my-1 h-10 w-56 max-w-full" />
  }
  return (
    <a href={url} download={file.name ?? true} className="my-1 flex items-center gap-2 underline">
      <FileText size={18} aria-hidden />
      <bdi className="one-line">{file.name ?? label}</bdi>
    </a>
  )
}
