import { encode } from 'next-auth/jwt'
import { beforeAll, expect, it } from 'vitest'
import { sessionCookieName } from '../../contract/session-cookie.ts'
import { readSessionId } from './console-cookie.ts'

const SECRET = 'the cookie secret'
const SID = '0b8f5a52-95ad-4a0d-9a0b-6f1c6f0a7d11'
const OTHER = '1c8f5a52-95ad-4a0d-9a0b-6f1c6f0a7d12'
const NAME = 'next-auth.session-token'

let token = ''
beforeAll(async () => {
  token = await encode({ token: { sub: '7', sid: SID }, secret: SECRET })
})

const read = (...cookies: string[]) => readSessionId(cookies.join('; '), NAME, SECRET)
const half = () => Math.floor(token.length / 2)
const first = () => token.slice(0, half())
const second = () => token.slice(half())

it('reads the session id under the one name it is told, whatever lies beside it', async () => {
  const other = await encode({ token: { sid: OTHER }, secret: SECRET })
  expect(await read('theme=dark', `${NAME}=${token}`)).toBe(SID)
  expect(await readSessionId(`${NAME}=${other}; __Host-${NAME}=${token}`, `__Host-${NAME}`, SECRET)).toBe(SID)
})

it('does not look at a bare cookie where the address is https, for a neighbour can plant it', async () => {
  expect(
    await readSessionId(`${NAME}=${token}`, sessionCookieName('https://desk.example'), SECRET),
  ).toBeNull()
  expect(await readSessionId(`${NAME}=${token}`, sessionCookieName('http://localhost:8000'), SECRET)).toBe(
    SID,
  )
})

it('joins chunks by number, in whatever order they come', async () => {
  expect(await read(`${NAME}.1=${second()}`, `${NAME}.0=${first()}`)).toBe(SID)
})

it.each([
  ['a gap', () => [`${NAME}.0=${first()}`, `${NAME}.2=${second()}`]],
  ['a missing beginning', () => [`${NAME}.1=${first()}`, `${NAME}.2=${second()}`]],
  ['a stranger among them', () => [`${NAME}.0=${first()}`, `${NAME}.1=${second()}`, `${NAME}.x=planted`]],
  ['a number spelled otherwise', () => [`${NAME}.0=${first()}`, `${NAME}.01=${second()}`]],
])('refuses chunks with %s', async (_, cookies) => {
  expect(await read(...cookies())).toBeNull()
})

it('refuses no cookie, another secret, an expired token and one without a session id', async () => {
  const foreign = await encode({ token: { sid: SID }, secret: 'another' })
  const expired = await encode({ token: { sid: SID }, secret: SECRET, maxAge: -60 })
  const nameless = await encode({ token: { sub: '7' }, secret: SECRET })
  expect(await readSessionId(undefined, NAME, SECRET)).toBeNull()
  for (const wrong of [foreign, expired, nameless, '', 'a.b.c'])
    expect(await read(`${NAME}=${wrong}`)).toBeNull()
})
