/** @jsxImportSource preact */
import type { WidgetMessage } from '../../../server/contract/widget.ts'
import { displayLine } from '../../ui/display-text.ts'
import { FileIcon } from './icons.tsx'
import type { Pending } from './outbox.ts'
import { Text } from './text.tsx'
import { fill, type Words } from './words.ts'

export const Bubble = ({
  message,
  words,
  isFirst,
}: {
  message: WidgetMessage
  words: Words
  isFirst: boolean
}) => {
  const isOwn = message.from === 'visitor'
  const who = message.name
    ? displayLine(message.name)
    : message.from === 'bot'
      ? words.thread.bot
      : words.thread.agent
  return (
    <li class={`row ${isOwn ? 'own' : 'theirs'} ${isFirst ? 'first' : ''}`} data-seq={message.seq}>
      {isFirst && !isOwn && <bdi class="who">{who}</bdi>}
      <div class="bubble">
        {isOwn && <span class="hidden">{words.thread.you}: </span>}
        <Content message={message} words={words} />
      </div>
      {message.reaction && !message.deleted_at && (
        <span
          class="reaction"
          role="img"
          aria-label={fill(words.thread.reacted, { emoji: message.reaction })}
        >
          {message.reaction}
        </span>
      )}
      <time class="time" dateTime={message.created_at}>
        {words.time(message.created_at)}
        {message.edited_at && !message.deleted_at && ` · ${words.thread.edited}`}
      </time>
    </li>
  )
}

const Content = ({ message, words }: { message: WidgetMessage; words: Words }) => {
  if (message.deleted_at) return <p class="gone">{words.thread.deleted}</p>
  return (
    <>
      {message.quote && (
        <blockquote dir="auto" class="quote">
          {displayLine(message.quote)}
        </blockquote>
      )}
      {message.attachments.length > 0 && (
        <div class="attached">
          {message.attachments.map((file) => (
            <Attached key={file.id} file={file} words={words} />
          ))}
        </div>
      )}
      {message.content && <Text isFormatted={message.from !== 'visitor'}>{message.content}</Text>}
    </>
  )
}

type File = WidgetMessage['attachments'][number]

const Attached = ({ file, words }: { file: File; words: Words }) => {
  const name = displayLine(file.name)
  if (file.state !== 'ready' || !file.url)
    return (
      <p class="gone">{fill(file.state === 'pending' ? words.file.pending : words.file.failed, { name })}</p>
    )
  if (file.kind === 'image' || file.kind === 'sticker')
    return (
      <a href={file.url} target="_blank" rel="noopener" class="picture">
        {/* biome-ignore lint/performance/noImgElement: this is no page of Next's. */}
        <img
          src={file.thumb_url ?? file.url}
          alt={fill(words.file.image, { name })}
          width={file.width ?? undefined}
          height={file.height ?? undefined}
          loading="lazy"
        />
      </a>
    )
  if (file.kind === 'voice' || file.kind === 'audio')
    // biome-ignore lint/a11y/useMediaCaption: nobody has written down what a message says aloud.
    return <audio controls preload="metadata" src={file.url} aria-label={name} />
  // biome-ignore lint/a11y/useMediaCaption: the same.
  if (file.kind === 'video') return <video controls preload="metadata" src={file.url} aria-label={name} />
  return (
    <a href={file.url} class="file" download={name} aria-label={fill(words.file.download, { name })}>
      <FileIcon />
      <bdi>{name}</bdi>
    </a>
  )
}

interface Waiting {
  entry: Pending
  words: Words
  onRetry(): void
  onDiscard(): void
}

export const PendingBubble = ({ entry, words, onRetry, onDiscard }: Waiting) => (
  <li class={`row own first ${entry.state === 'refused' ? 'refused' : 'pending'}`}>
    <div class="bubble">
      {entry.attachments.length > 0 && <FileIcon />}
      {entry.content && <Text isFormatted={false}>{entry.content}</Text>}
    </div>
    {entry.state === 'refused' ? (
      <div class="trouble" role="alert">
        <span>{entry.code === 'invalid_input' ? words.composer.tooLong : words.composer.refused}</span>
        <button type="button" onClick={onRetry}>
          {words.composer.retry}
        </button>
        <button type="button" onClick={onDiscard}>
          {words.composer.discard}
        </button>
      </div>
    ) : (
      <span class="time">{entry.code === 'rate_limited' ? words.composer.tooMany : words.mark.queued}</span>
    )}
  </li>
)
