/** What a key does in the inbox. Keys are bound by their place on the keyboard, so that they work on a Persian layout. */
export type Shortcut =
  | 'next'
  | 'previous'
  | 'reply'
  | 'resolve'
  | 'panel'
  | 'search'
  | 'help'
  | 'goInbox'
  | 'goSettings'
  | 'pane'
  | 'paneBack'

interface Key {
  code: string
  shiftKey: boolean
  altKey: boolean
  ctrlKey: boolean
  metaKey: boolean
}

interface Situation {
  /** The key is going into a text. */
  isTyping: boolean
  /** G was pressed a moment ago. */
  afterG: boolean
  /** Single letters can be switched off. */
  hasSingleKeys: boolean
}

const SINGLE: Record<string, Shortcut> = {
  KeyJ: 'next',
  KeyK: 'previous',
  KeyR: 'reply',
  KeyE: 'resolve',
  KeyI: 'panel',
  Slash: 'search',
}
const AFTER_G: Record<string, Shortcut> = { KeyI: 'goInbox', KeyS: 'goSettings' }
const WITH_ALT: Record<string, Shortcut> = { KeyJ: 'next', KeyK: 'previous', KeyE: 'resolve' }

/** The shortcut that a key press means, or null. */
export const shortcutOf = (key: Key, { isTyping, afterG, hasSingleKeys }: Situation): Shortcut | null => {
  if (key.ctrlKey || key.metaKey) return null
  if (key.code === 'F6') return key.shiftKey ? 'paneBack' : 'pane'
  if (key.altKey) return key.shiftKey ? null : (WITH_ALT[key.code] ?? null)
  if (isTyping || !hasSingleKeys) return null
  if (key.shiftKey) return key.code === 'Slash' ? 'help' : null
  return (afterG ? AFTER_G[key.code] : undefined) ?? SINGLE[key.code] ?? null
}

/** The sheet of shortcuts: caps as they are printed on a Latin keyboard. */
export const SHORTCUT_SHEET = [
  {
    group: 'list',
    keys: [
      ['next', ['J']],
      ['previous', ['K']],
      ['move', ['↑', '↓']],
      ['open', ['Enter']],
      ['search', ['/']],
    ],
  },
  {
    group: 'thread',
    keys: [
      ['reply', ['R']],
      ['resolve', ['E']],
      ['panel', ['I']],
      ['leave', ['Esc']],
    ],
  },
  {
    group: 'everywhere',
    keys: [
      ['pane', ['F6']],
      ['goInbox', ['G', 'I']],
      ['goSettings', ['G', 'S']],
      ['help', ['?']],
    ],
  },
] as const
