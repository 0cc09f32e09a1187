/** @jsxImportSource preact */
import type { WidgetPresence, WidgetSettings } from '../../../server/contract/widget.ts'
import { CloseIcon, SoundIcon } from './icons.tsx'
import { fill, type Words } from './words.ts'

interface Props {
  settings: WidgetSettings
  presence: WidgetPresence
  words: Words
  hasSound: boolean
  onSound(): void
  onClose(): void
}

export const Header = ({ settings, presence, words, hasSound, onSound, onClose }: Props) => (
  <div class="header">
    <div class="about">
      <h1>
        <bdi>{settings.name}</bdi>
      </h1>
      <p class="presence">
        <span class={`dot ${presence.is_online ? 'online' : ''}`} aria-hidden="true" />
        <bdi>{expectation(settings, presence, words)}</bdi>
      </p>
    </div>
    <button
      type="button"
      class="icon"
      aria-pressed={hasSound}
      aria-label={words.header.sound}
      title={hasSound ? words.header.soundOn : words.header.soundOff}
      onClick={onSound}
    >
      <SoundIcon isOn={hasSound} />
    </button>
    <button type="button" class="icon" aria-label={words.header.close} onClick={onClose}>
      <CloseIcon />
    </button>
  </div>
)

const MINUTE_S = 60
const HOUR_S = 3_600

/** Nothing is promised that was not measured or written by the shop itself. */
function expectation(settings: WidgetSettings, presence: WidgetPresence, words: Words): string {
  const reply = presence.reply_seconds === null ? settings.reply_time : replyIn(presence.reply_seconds, words)
  if (presence.is_online) return reply ? `${words.header.online} · ${reply}` : words.header.online
  return settings.away || reply || words.header.offline
}

function replyIn(seconds: number, words: Words): string {
  if (seconds < MINUTE_S) return words.header.seconds
  const [text, unit] = seconds < HOUR_S ? [words.header.minutes, MINUTE_S] : [words.header.hours, HOUR_S]
  return fill(text, { count: words.number(Math.ceil(seconds / unit)) })
}
