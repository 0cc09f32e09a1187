const TLD =
  'com|net|org|info|biz|shop|store|online|site|xyz|top|club|vip|live|app|dev|io|co|me|ir|ly|gl|gd|cc|ru|link|click|bet|casino|win'
// A bare host starts only where no host character stands before it, which keeps the search linear.
const START = '(?<![a-z0-9@._/-])'
const LINK = new RegExp(
  `(?:https?://|${START}www\\.)(?:(?!https?://)[^\\s<>"'])+|${START}(?:[a-z0-9-]+\\.)+(?:${TLD})(?![a-z0-9-])(?:/[^\\s<>"']*)?`,
  'giu',
)

const SHORTENERS = new Set(
  'bit.ly tinyurl.com t.co goo.gl is.gd cutt.ly rebrand.ly ow.ly shorturl.at rb.gy tiny.cc yun.ir b2n.ir zaya.io opizo.me plink.ir'.split(
    ' ',
  ),
)
const INVITATION = /^(?:t\.me|telegram\.me)\/(?:\+|joinchat\/)|^chat\.whatsapp\.com\//

const bare = (link: string): string => link.replace(/^https?:\/\//, '').replace(/^www\./, '')

const hostOf = (link: string): string => bare(link).split(/[/?#:]/, 1)[0] ?? ''

/** A link that does not say where it leads: a shortener's, or a private invitation. */
export const isShortened = (link: string): boolean =>
  SHORTENERS.has(hostOf(link)) || INVITATION.test(bare(link))

/** The links of a folded text, with or without a scheme, but for those to the shop's own hosts. */
export const linksIn = (folded: string, ownHosts: readonly string[] = []): string[] =>
  Array.from(folded.matchAll(LINK), ([link]) => link).filter((link) => !ownHosts.includes(hostOf(link)))

/** A folded text with every link taken out. */
export const withoutLinks = (folded: string): string => folded.replace(LINK, ' ')
