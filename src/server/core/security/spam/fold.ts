const REMOVED = /[\p{M}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u0640]|(?!\s)\p{Cc}/gu

const PERSIAN: Record<string, string> = {
  ي: 'ی',
  ى: 'ی',
  ې: 'ی',
  ۍ: 'ی',
  ے: 'ی',
  ك: 'ک',
  ڪ: 'ک',
  ة: 'ه',
  ہ: 'ه',
  ھ: 'ه',
  ە: 'ه',
  ۃ: 'ه',
  ٱ: 'ا',
}
const FOREIGN = new RegExp(`[${Object.keys(PERSIAN).join('')}]`, 'g')

/** The most of a folded text, in UTF-16 units; no platform of ours carries more. One ligature may unfold into 18 letters. */
export const MAX_FOLDED = 20_000

const DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g

/**
 * One spelling for what reads the same: no compatibility forms, case, Arabic letters or digits, and nothing that cannot be
 * seen. For comparing only, never for storing or showing: it takes accents and vowel signs too, and it ends at MAX_FOLDED.
 */
export function foldForSpam(text: string): string {
  // Marks go first: normalising sorts a run of them in quadratic time, and an attacker chooses the run.
  const bare = text.replace(REMOVED, '')
  return bare
    .normalize('NFKD')
    .slice(0, MAX_FOLDED)
    .toLowerCase()
    .normalize('NFKD')
    .replace(REMOVED, '')
    .normalize('NFC')
    .replace(FOREIGN, (letter) => PERSIAN[letter] ?? letter)
    .replace(DIGITS, (digit) => String(digit.charCodeAt(0) & 15))
    .replace(/\s+/g, ' ')
    .trim()
}
