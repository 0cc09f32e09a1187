import type { KeptSecret } from './run-log.ts'

/** What is a secret by its look, whoever made it. */
const LOOKS: [kind: string, pattern: RegExp][] = [
  ['a JWT', /\beyJ[\w-]{8,}\.[\w-]*\.[\w-]+/],
  ['an API key', /\bpeyk_[\w-]{20,}/],
  ['a bot’s token', /(?<!\d)\d{6,20}(?::|%3A)[\w-]{30,}/i],
  ['a password’s hash', /\$argon2\w*\$/],
  ['a bearer', /\bBearer\s+[\w.~+/-]{8,}/i],
  ['a connection’s password', /\b(?:postgres(?:ql)?|rediss?):\/\/[^\s:@/]*:(?!\[redacted\]@)[^\s@]+@/],
  ['a 256-bit key', /\b[0-9a-f]{64}\b/i],
]

/** The demo tells its sign-in when it starts, and is meant to. */
const SIGN_IN = /^Demo sign-in: .+$/gm

export interface Finding {
  log: string
  line: number
  kind: string
}

/** Where a log holds one of these secrets, as it is or as a URL spells it, or what looks like one. Never says which. */
export function findSecrets(logs: { name: string; text: string }[], secrets: KeptSecret[]): Finding[] {
  return logs.flatMap(({ name, text }) => {
    const clean = text.replace(SIGN_IN, '')
    const known = secrets.flatMap(({ kind, value }) =>
      [...new Set([value, encodeURIComponent(value)])].map((spelled) => ({
        kind,
        at: clean.indexOf(spelled),
      })),
    )
    const looks = LOOKS.map(([kind, pattern]) => ({ kind, at: clean.search(pattern) }))
    return [...known, ...looks]
      .filter(({ at }) => at >= 0)
      .map(({ kind, at }) => ({ log: name, line: clean.slice(0, at).split('\n').length, kind }))
  })
}
