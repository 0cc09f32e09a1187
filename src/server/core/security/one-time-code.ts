const GROUP = /.{1,4}/g
// Crockford's base 32 leaves these letters out because people take them for digits; whoever types them means the digits.
const LOOKALIKES: Record<string, string> = { o: '0', i: '1', l: '1' }

/** A code as people are shown it, in groups of four. */
export const spellCode = (code: string): string => (code.match(GROUP) ?? []).join('-')

/**
 * What somebody typed where a code is asked for: spaces, hyphens and case do not matter, and a digit is a digit in every
 * script (a Persian keyboard has Persian ones).
 */
export const readCode = (typed: string): string =>
  typed
    .toLowerCase()
    .replace(/[\s\u200c-\u200f\-–—]/gu, '')
    .replace(/[۰-۹٠-٩０-９]/gu, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
    .replace(/[oil]/g, (letter) => LOOKALIKES[letter] ?? letter)
