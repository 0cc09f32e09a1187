import Bowser from 'bowser'

const MAX_PROGRAM = 40

/** "Firefox · Linux" of a browser; of a program what it calls itself, as far as it does. */
export function deviceName(userAgent: string): string {
  if (!userAgent) return ''
  const { browser, os } = Bowser.parse(userAgent)
  const names = [browser.name, os.name].filter(Boolean)
  return names.length === 2 ? names.join(' · ') : (userAgent.split(' ')[0] ?? '').slice(0, MAX_PROGRAM)
}
