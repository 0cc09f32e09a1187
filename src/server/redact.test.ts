import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { redact } from './redact.ts'

const JWT = 'eyJhbGciOiJIUzUxMiJ9.eyJ1c2VyX2lkIjoxfQ.c2lnbmF0dXJlLW9mLWl0'
const BOT = '7000000001:AAE-the_secret-of-bot-0123456789xyz'
const SECRET = 'uNguessable-0123456789_abcdefghijklmnopqrst'

describe('what proves a right is taken from a text', () => {
  it.each([
    ['a token in a query', `GET /ws/chat/AB/?token=${JWT}&x=1`, [JWT], 'x=1'],
    ['a bare token', `jwt ${JWT} expired`, [JWT], 'expired'],
    [
      'the cookie of the console, encrypted',
      'got eyJhbGciOiJkaXIi..aXY.Y2lwaGVy.dGFn here',
      ['aXY', 'dGFn'],
      'here',
    ],
    [
      'a bot’s token in a URL',
      `fetch https://api.telegram.org/bot${BOT}/getMe failed`,
      [BOT],
      '/getMe failed',
    ],
    ['a bot’s token alone', `the token ${BOT} is dead`, [BOT], 'is dead'],
    ['a bot’s token, encoded', `path=${encodeURIComponent(BOT)}`, [BOT.slice(11)], 'path='],
    ['a token of Instagram', `token IGAAJ${SECRET} is dead`, [SECRET], 'is dead'],
    ['a key of ours', `key peyk_${SECRET} was used`, [SECRET], 'was used'],
    [
      'an authorization header',
      `{"authorization":"Basic c2FyYTpodW50ZXIy","x":1}`,
      ['c2FyYTpodW50ZXIy'],
      '"x":1',
    ],
    ['a bearer', 'sent Bearer abc.def-ghi twice', ['abc.def-ghi'], 'twice'],
    ['cookies', 'cookie: a=12; peyk.session=zzz\nhost: x', ['a=12', 'zzz'], 'host: x'],
    [
      'a database’s password',
      'postgresql://peyk:hunter2@db:5432/peyk is down',
      ['hunter2'],
      '@db:5432/peyk is down',
    ],
    ['one with signs in it', 'postgres://peyk:hun@t/er#2@db/peyk', ['hun@', 'er#2'], '@db/peyk'],
    ['a Redis password', 'connect redis://:hunter2@r:6379 refused', ['hunter2'], '@r:6379 refused'],
    ['a password in JSON', '{"password": "hunter2", "name":"sara"}', ['hunter2'], '"name":"sara"'],
    ['a password in JSON in JSON', '{\\"password\\":\\"hunter2\\",\\"n\\":1}', ['hunter2'], 'n'],
    ['a password in a form', 'login=sara&password=hunter2&json=true', ['hunter2'], 'json=true'],
    ['a hash', 'passwordHash: "$argon2id$v=19$m=65536,t=3,p=1$c2FsdA$aGFzaA"', ['aGFzaA'], 'passwordHash'],
    ['64 hex digits', `ENCRYPTION ${'ab'.repeat(32)} unusable`, ['abab'], 'unusable'],
    ['128 hex digits', `${'0f'.repeat(64)} unusable`, ['0f0f'], 'unusable'],
    ['an invitation’s path', `GET /invite/${SECRET}/ 404`, [SECRET], '/ 404'],
    [
      'the seed of a second factor',
      'otpauth://totp/Peyk:sara?secret=JBSWY3DPEHPK3PXP&issuer=Peyk',
      ['JBSWY'],
      'issuer',
    ],
    ['a row that broke a rule', 'DETAIL: Failing row contains (1, what kim wrote).', ['kim'], 'DETAIL'],
  ])('%s', (_name, text, secrets, rest) => {
    const clean = redact(text)
    for (const secret of secrets) expect(clean).not.toContain(secret)
    expect(clean).toContain('[redacted]')
    expect(clean).toContain(rest)
    expect(redact(clean)).toBe(clean)
  })

  it.each([
    'Peyk is ready at http://localhost:8000',
    'Demo sign-in: sara@peyk.demo / aB3_dE-fGh1j',
    'The token of the bot was refused',
    'Not banned: this private address sends forwarding headers. If it is your proxy, name it in TRUSTED_PROXIES.',
    'duplicate key value violates unique constraint "channel_username_key"',
    'connect ECONNREFUSED 127.0.0.1:5432',
    'at run (file:///srv/peyk/dist/server.mjs:1043:17)',
    'conversation 00000000-0000-4000-8000-000000000001 at 2026-01-01T00:00:00.000Z',
  ])('and nothing else: %s', (text) => {
    expect(redact(text)).toBe(text)
  })

  it('from a huge text in bounded time and space, also where the cut goes through a secret', () => {
    const at = (length: number) => redact(`${'x '.repeat(length / 2)}${BOT} ${'y '.repeat(500_000)}`)
    for (const length of [8_000, 8_160, 8_180, 8_190]) {
      expect(at(length).length).toBeLessThan(8_300)
      expect(at(length)).not.toContain(BOT.slice(0, 8))
    }
  })

  it.each(['://x:', 'eyJeyJ.', 'a-', '1', 'Ab1-', 'token=', 'password', 'a:/', '"'])(
    'quickly from a text made to be slow: %s…',
    (piece) => {
      const began = performance.now()
      redact(piece.repeat(20_000))
      expect(performance.now() - began).toBeLessThan(500)
    },
  )

  it('whatever random bytes make the secret', () => {
    for (let round = 0; round < 200; round++) {
      const secret = randomBytes(32).toString('base64url')
      expect(redact(`/reset/${secret}`)).not.toContain(secret.slice(0, 20))
    }
  })
})
