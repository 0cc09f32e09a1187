const KEY = /^[0-9a-f]{4}[0-9a-f-]{4,60}(\.[a-z]{1,10})?$/

/** Whatever else asks for a file, no path gets past here. */
export function requireKey(key: string): string {
  if (!KEY.test(key)) throw new Error('This is no key of a file')
  return key
}
