/** Longest text that a log line takes over; what is beyond it is cut. */
const MAX_TEXT = 8_192
/** Read beyond the cut, so that a secret which the cut would halve is still known as one. */
const SLACK = 4_096
const GONE = '[redacted]'

const NAMES =
  'pass(?:word|wd|phrase)|pwd|secret|token|api[_-]?key|encryption[_-]?key|control[_-]?key|credentials?|otp|recovery'

const PATTERNS: [pattern: RegExp, replacement: string][] = [
  // The password of a connection string, with whatever wrongly unescaped sign it has in it.
  [/([a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/"'`]{0,128}:)[^\s"'`]{1,512}(?=@)/gi, `$1${GONE}`],
  // A whole header, up to the end of its line or its quotes.
  [/(\b(?:proxy-)?authorization["']?\s?[:=]\s?["']?)[^"'\r\n]+/gi, `$1${GONE}`],
  [/(\b(?:set-)?cookie["']?\s?[:=]\s?["']?)[^"'\r\n]+/gi, `$1${GONE}`],
  [/\b(Bearer\s+)[\w.~+/=-]+/gi, `$1${GONE}`],
  [/(\/bot)\d+(?::|%3A)[\w-]+/gi, `$1${GONE}`],
  [/\b\d{5,20}(?::|%3A)[\w-]{30,}/gi, GONE],
  // Instagram's and Facebook's access tokens.
  [/\b(?:IGA?A|IGQ|EAA)[\w-]{20,}/g, GONE],
  [/\beyJ[\w-]{5,}(?:\.[\w-]*){1,4}/g, GONE],
  [/\bpeyk_[\w-]{16,}/g, GONE],
  [/\$argon2\w{0,4}\$[\w$,=+/.-]+/g, GONE],
  [/\b[0-9a-f]{64,}\b/gi, GONE],
  // One secret in some thousand has no digit in it, and is known by its place alone.
  [/(\/(?:reset|invitations)\/)[\w-]{16,}/g, `$1${GONE}`],
  // 256 bits as base64url, of which invitations, reset links and webhooks' secrets are made.
  [/(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{43}(?![\w-])/g, GONE],
  [
    new RegExp(
      `\\b((?:[\\w-]{0,32})(?:${NAMES})\\w{0,16}["'\\\\]{0,2}\\s?[=:]\\s?)(\\\\?["'])?(?!\\[redacted)[^\\s"'&,;}\\\\]+`,
      'gi',
    ),
    `$1$2${GONE}`,
  ],
  // PostgreSQL shows the row that broke a rule, with all that people wrote in it.
  [/(Failing row contains \()[^\n]*/g, `$1${GONE})`],
]

/** Removes what proves somebody's right from a text of any kind: tokens, keys, passwords, cookies. */
export function redact(text: string): string {
  const isLong = text.length > MAX_TEXT
  const clean = redactWhole(isLong ? text.slice(0, MAX_TEXT + SLACK) : text)
  return isLong ? `${clean.slice(0, MAX_TEXT)}… [${text.length} characters]` : clean
}

/** The same without a bound, for what another library prints. */
export const redactWhole = (text: string): string =>
  PATTERNS.reduce((left, [pattern, replacement]) => left.replace(pattern, replacement), text)
