import bowser from 'bowser'
import type { Device } from '../contract/session.ts'

const FORMS: Record<string, Device['form']> = { desktop: 'desktop', mobile: 'phone', tablet: 'tablet' }
const MAX_NAME = 60

/** What a session or a socket was opened with, by what it says of itself: a hint for its owner, and proof of nothing. */
export function deviceOf(userAgent: string): Device {
  const { browser, os, platform } = bowser.parse(userAgent || ' ')
  const form = FORMS[platform.type ?? '']
  if (!form) return { browser: programOf(userAgent), system: nameOf(os.name), form: 'program' }
  return { browser: nameOf(browser.name), system: nameOf(os.name), form }
}

const nameOf = (name: string | undefined): string | null => name?.slice(0, MAX_NAME) || null

/** What a program is called by itself: "python-requests" of "python-requests/2.31". */
const programOf = (userAgent: string) => nameOf(/^[\w .-]+/.exec(userAgent)?.[0].trim())
