const KEY = 'peyk:sound'

/** Off until the visitor wants it. */
export const hasSound = (): boolean => {
  try {
    return localStorage.getItem(KEY) === 'on'
  } catch {
    return false
  }
}

export const keepSound = (isOn: boolean): void => {
  try {
    localStorage.setItem(KEY, isOn ? 'on' : 'off')
  } catch {
    // Kept for this window alone.
  }
}
