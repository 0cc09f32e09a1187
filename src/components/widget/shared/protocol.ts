import type { WidgetSession } from '../../../server/contract/widget.ts'

export type Locale = 'fa' | 'en'

/** What the page's script says to the frame. */
export type ToFrame =
  | { peyk: 'start'; session: WidgetSession; locale: Locale; isOpen: boolean }
  | { peyk: 'session'; session: WidgetSession }
  | { peyk: 'opened' }
  | { peyk: 'closed' }

/** What the frame says to the page's script. */
export type ToPage =
  | { peyk: 'ready' }
  | { peyk: 'close' }
  /** The token is no good any more, or soon will not be. */
  | { peyk: 'renew' }
  | { peyk: 'unread'; count: number }
  /** Somebody answered while the frame was closed. */
  | { peyk: 'peek'; name: string | null; text: string }
  | { peyk: 'event'; name: WidgetEvent; detail: unknown }

/** What a page may listen to with `peyk('on', name, listener)`. */
export type WidgetEvent = 'open' | 'close' | 'message' | 'sent' | 'unread'
