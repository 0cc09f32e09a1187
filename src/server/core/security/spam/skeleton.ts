// Letters of other alphabets and digits that pass for Latin letters; `l` is read as `i`, because `1` stands for either.
const FROM = 'авекмнорстухіѕјԁαονικρτυχl'
const INTO = 'abekmhopctyxisjdaovikptuxi'
const LOOKALIKES = new RegExp(`[${FROM}]`, 'g')

const LEET_FROM = '013457@$'
const LEET_INTO = 'oieastas'
const LEET = /[013457@$]/g

const unLeet = (word: string): string =>
  /[a-z]/.test(word) ? word.replace(LEET, (digit) => LEET_INTO[LEET_FROM.indexOf(digit)] ?? digit) : word

const single = (text: string): string => text.replace(/(\p{L})\1+/gu, '$1')

export interface Skeleton {
  /** Words between single spaces, one at each end too. */
  words: string
  /** The same without the spaces, which defeats letters set apart. */
  compact: string
}

/** What is left of a normalised text when disguises are taken off; equal for a word and its disguised spelling. */
export function skeletonOf(normalised: string): Skeleton {
  const latin = normalised.replace(LOOKALIKES, (letter) => INTO[FROM.indexOf(letter)] ?? letter)
  const plain = latin.replace(/[a-z0-9@$]+/g, unLeet).replaceAll('l', 'i')
  const words = single(plain.replace(/[^\p{L}\p{N}]+/gu, ' ').trim())
  return { words: ` ${words} `, compact: single(words.replaceAll(' ', '')) }
}
