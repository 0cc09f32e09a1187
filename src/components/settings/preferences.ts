/** What a browser remembers about its reader. The names are fixed: the server reads them before it renders. */
export const preferenceCookies = {
  locale: 'peyk.locale',
  theme: 'peyk.theme',
  sendKey: 'peyk.send-key',
} as const

export type Preference = keyof typeof preferenceCookies

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** Which keys send a message: Enter alone, or Enter with Ctrl or Command. */
export const SEND_KEYS = ['enter', 'mod-enter'] as const
export type SendKey = (typeof SEND_KEYS)[number]

/** The stored theme; anything unknown follows the system. */
export const toTheme = (value: string | undefined): Theme =>
  THEMES.find((theme) => theme === value) ?? 'system'

/** The stored send key; anything unknown is Enter. */
export const toSendKey = (value: string | undefined): SendKey =>
  SEND_KEYS.find((key) => key === value) ?? 'enter'

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
