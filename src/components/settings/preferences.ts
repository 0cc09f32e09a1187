/** What a browser remembers about its reader. The names are fixed: the server reads them before it renders. */
export const preferenceCookies = {
  locale: 'peyk.locale',
  theme: 'peyk.theme',
  sendKey: 'peyk.send-key',
  sound: 'peyk.sound',
  desktop: 'peyk.desktop',
} as const

export type Preference = keyof typeof preferenceCookies

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** Which keys send a message: Enter alone, or Enter with Ctrl or Command. */
export const SEND_KEYS = ['enter', 'mod-enter'] as const
export type SendKey = (typeof SEND_KEYS)[number]

/** Whether a tone tells of a customer's message. */
export const SOUNDS = ['on', 'off'] as const
export type Sound = (typeof SOUNDS)[number]

/** What the desktop tells of a customer's message: nothing, whose it is, or what it says as well. */
export const DESKTOPS = ['off', 'name', 'text'] as const
export type Desktop = (typeof DESKTOPS)[number]

/** The stored theme; anything unknown follows the system. */
export const toTheme = (value: string | undefined): Theme =>
  THEMES.find((theme) => theme === value) ?? 'system'

/** The stored send key; anything unknown is Enter. */
export const toSendKey = (value: string | undefined): SendKey =>
  SEND_KEYS.find((key) => key === value) ?? 'enter'

/** The stored choice of sound; anything unknown is a tone. */
export const toSound = (value: string | undefined): Sound => SOUNDS.find((sound) => sound === value) ?? 'on'

/** The stored choice of notifications; anything unknown is none. */
export const toDesktop = (value: string | undefined): Desktop =>
  DESKTOPS.find((desktop) => desktop === value) ?? 'off'

const YEAR_IN_SECONDS = 365 * 24 * 60 * 60

/** The cookie in which a choice is kept, as `document.cookie` takes it. */
export const preferenceCookie = (preference: Preference, value: string, secure: boolean): string => {
  const name = preferenceCookies[preference]
  return `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=${YEAR_IN_SECONDS}; SameSite=Lax${secure ? '; Secure' : ''}`
}

/** Keeps a choice in this browser; the server sees it with the next request. */
export const rememberPreference = (preference: Preference, value: string): void => {
  const secure = window.location.protocol === 'https:'
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing from browsers that we support.
  document.cookie = preferenceCookie(preference, value, secure)
}

/** A choice as this browser keeps it now, also where another tab has changed it. */
export const storedPreference = (preference: Preference): string | undefined => {
  const start = `${preferenceCookies[preference]}=`
  const found = document.cookie.split('; ').find((cookie) => cookie.startsWith(start))
  return found && decodeURIComponent(found.slice(start.length))
}

/** Shows a theme at once. `system` leaves the choice to the style sheet's media query. */
export const applyTheme = (theme: Theme): void => {
  document.documentElement.dataset.theme = theme
}

/** Tells the composer at once which key sends. */
export const applySendKey = (sendKey: SendKey): void => {
  document.documentElement.dataset.sendKey = sendKey
}

/** The send key of this page, as the server rendered it or as it was chosen since. */
export const currentSendKey = (): SendKey => toSendKey(document.documentElement.dataset.sendKey)
