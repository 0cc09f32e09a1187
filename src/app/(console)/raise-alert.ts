import { storedPreference, toDesktop, toSound } from '../../components/settings/preferences.ts'
import { chime } from '../../components/ui/chime.ts'

/** A flood of messages sounds like one. */
const TONE_EVERY_MS = 2_000
const MAX_BODY = 200

let soundedAt = 0

interface Alert {
  conversationId: string
  /** Who writes. */
  title: string
  text: string
  /** What stands for the text where that is to stay hidden, or is none. */
  instead: string
  onPress: () => void
}

/** A tone and a notification, as far as this browser's owner wants them. */
export function raiseAlert(alert: Alert): void {
  const now = Date.now()
  if (toSound(storedPreference('sound')) === 'on' && now - soundedAt > TONE_EVERY_MS) {
    soundedAt = now
    chime()
  }
  const desktop = toDesktop(storedPreference('desktop'))
  const isAllowed = 'Notification' in window && Notification.permission === 'granted'
  if (desktop !== 'off' && isAllowed) notify(alert, desktop === 'text' ? alert.text : '')
}

/** The newest of a conversation replaces the one before. A press opens it in this tab. */
function notify({ conversationId, title, instead, onPress }: Alert, text: string) {
  try {
    const body = text.slice(0, MAX_BODY) || instead
    const note = new Notification(title, { body, tag: `peyk.${conversationId}`, dir: 'auto' })
    note.onclick = () => {
      window.focus()
      onPress()
      note.close()
    }
  } catch {
    // Android's Chrome lets service workers alone notify.
  }
}
