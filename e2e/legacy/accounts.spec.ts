import { randomBytes } from 'node:crypto'
import { expect } from '@playwright/test'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { z } from 'zod'
import { Cast, test } from '../support/cast.ts'
import { type Answer, call, type Person, register, shareWorkspace } from '../support/rest.ts'

test.describe.configure({ mode: 'default' })

let cast: Cast
test.beforeAll(async ({ shop }) => {
  cast = await Cast.open(shop)
})

const DENIED = { detail: 'Authentication credentials were not provided.' }
const REFUSED = { success: false, errors: ['refresh is invalid'] }
const Pair = z.object({ refresh_token: z.string(), access_token: z.string() })
const post = (path: string, body: unknown, headers = {}) =>
  call(cast.host, `/api/v1/usr/${path}`, { method: 'POST', body, headers })
const profile = (token: string) => call(cast.host, '/api/v1/usr/profile', { token })
const cookieOf = ({ headers }: Answer) =>
  [headers['set-cookie'] ?? []].flat().find((line) => line.startsWith('HTTP_ACCESS='))

test.describe('Signing in', () => {
  test('login by e-mail or by user name gives tokens, user_data and an httpOnly cookie', async () => {
    for (const email_or_username of [cast.a.email, cast.a.login, cast.a.email.toUpperCase()])
      for (const slash of ['', '/']) {
        const answer = await post(`login${slash}`, { email_or_username, password: cast.a.password })
        expect([answer.status, answer.json], email_or_username).toEqual([
          200,
          {
            refresh_token: expect.any(String),
            access_token: expect.any(String),
            user_data: expect.objectContaining({
              id: cast.a.id,
              email: cast.a.email,
              username: cast.a.login,
              first_name: 'sara',
              last_name: 'Tester',
              default_reply_handler: expect.any(String),
            }),
          },
        ])
        expect(answer.text).not.toMatch(/password|hash/i)
        expect(cookieOf(answer)).toMatch(/HttpOnly/i)
      }
  })

  test('a wrong password and an unknown name: 400 non_field_errors; what is missing is named by field', async () => {
    for (const email_or_username of [cast.a.email, 'nobody']) {
      const answer = await post('login', { email_or_username, password: 'not the password' })
      expect([answer.status, answer.json]).toEqual([
        400,
        { non_field_errors: ['Invalid email/username or password.'] },
      ])
      expect(cookieOf(answer)).toBeUndefined()
    }
    const empty = await post('login', {})
    expect([empty.status, empty.json]).toEqual([
      400,
      { email_or_username: ['This field is required.'], password: ['This field is required.'] },
    ])
    expect((await post('login', { email_or_username: cast.a.login })).json).toEqual({
      password: ['This field is required.'],
    })
  })

  test('register: 201 with the three keys, email_confirmation_sent and message; what is taken or wrong is named', async () => {
    const username = `new-${randomBytes(4).toString('hex')}`
    const person = { username, email: `${username}@example.com`, password: 'long enough' }
    const answer = await post('register', person)
    expect([answer.status, answer.json]).toEqual([
      201,
      {
        refresh_token: expect.any(String),
        access_token: expect.any(String),
        user_data: expect.objectContaining({ username, email: person.email }),
        email_confirmation_sent: expect.any(Boolean),
        message: expect.any(String),
      },
    ])
    expect(cookieOf(answer)).toBeTruthy()
    expect((await profile(Pair.parse(answer.json).access_token)).status).toBe(200)
    const again = await post('register', { ...person, email: `x${person.email}` })
    expect([again.status, again.json]).toEqual([400, { username: [expect.any(String)] }])
    const mail = await post('register', {
      ...person,
      username: `${username}2`,
      email: person.email.toUpperCase(),
    })
    expect([mail.status, mail.json]).toEqual([400, { email: [expect.any(String)] }])
    const nothing = await post('register', {})
    expect([nothing.status, nothing.json]).toEqual([
      400,
      {
        username: ['This field is required.'],
        email: ['This field is required.'],
        password: ['This field is required.'],
      },
    ])
  })

  test('tokens: HS512, the legacy claims, and what is new besides', () => {
    for (const [token, type] of [
      [cast.a.access, 'access'],
      [cast.a.refresh, 'refresh'],
    ] as const) {
      expect(decodeProtectedHeader(token).alg).toBe('HS512')
      const claims = decodeJwt(token)
      expect(claims).toMatchObject({
        user_id: String(cast.a.id),
        type,
        created_at: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+0000$/),
        jti: expect.any(String),
      })
      const days = ((claims.exp ?? 0) - (claims.iat ?? 0)) / 86_400
      expect(days).toBe(type === 'access' ? 7 : 15)
    }
  })
})

test.describe('Refreshing', () => {
  test('refresh-access rotates: the old refresh is then 401 and its access no longer valid', async () => {
    const person = await register(cast.host, 'rotating')
    const answer = await post('refresh-access', { refresh: person.refresh })
    expect([answer.status, answer.json]).toEqual([
      200,
      { success: true, data: { refresh_token: expect.any(String), access_token: expect.any(String) } },
    ])
    const pair = Pair.parse((answer.json as { data: unknown }).data)
    expect(cookieOf(answer)).toContain(pair.access_token)
    expect((await profile(pair.access_token)).status).toBe(200)
    expect((await profile(person.access)).status).toBe(401)
    const used = await post('refresh-access', { refresh: person.refresh })
    expect([used.status, used.json]).toEqual([401, REFUSED])
    // The token came twice: nobody knows who copied it, so the session has ended for both.
    expect((await profile(pair.access_token)).status).toBe(401)
    expect((await post('refresh-access', { refresh: pair.refresh_token })).status).toBe(401)
  })

  test('refresh shows only the refresh token, and sets the access token as a cookie', async () => {
    const person = await register(cast.host, 'cookie')
    const answer = await post('refresh/', { refresh: person.refresh })
    expect([answer.status, answer.json]).toEqual([
      200,
      { success: true, data: { refresh_token: expect.any(String) } },
    ])
    const cookie = cookieOf(answer)?.split(';')[0] ?? ''
    expect((await call(cast.host, '/api/v1/usr/profile', { headers: { cookie } })).status).toBe(200)
    expect((await post('refresh', { refresh: person.refresh })).status).toBe(401)
  })

  test('an access token used as refresh is 401, and so is what is none', async () => {
    for (const refresh of [cast.a.access, 'garbage', '', null, 5, undefined])
      for (const path of ['refresh-access', 'refresh']) {
        const answer = await post(path, { refresh })
        expect([answer.status, answer.json], String(refresh)).toEqual([401, REFUSED])
      }
    expect((await profile(cast.a.access)).status).toBe(200)
  })

  test('of two refreshes at once with one token at most one is answered', async () => {
    const person = await register(cast.host, 'racing')
    const answers = await Promise.all(
      [1, 2, 3].map(() => post('refresh-access', { refresh: person.refresh })),
    )
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThan(2)
  })
})

test.describe('Headers and cookies', () => {
  const get = (headers: Record<string, string>) => call(cast.host, '/api/v1/usr/profile', { headers })
  const cookieFor = ({ access }: Person) => `HTTP_ACCESS=${encodeURIComponent(`Bearer ${access}`)}`

  test('Bearer, the bare token and the cookie are accepted; the header goes before the cookie', async () => {
    const good: Record<string, string>[] = [
      { authorization: `Bearer ${cast.a.access}` },
      { authorization: `bearer ${cast.a.access}` },
      { authorization: cast.a.access },
      { cookie: cookieFor(cast.a) },
      { cookie: `other=1; HTTP_ACCESS="Bearer ${cast.a.access}"; more=2` },
      { authorization: `Bearer ${cast.a.access}`, cookie: cookieFor(cast.b) },
    ]
    for (const headers of good) {
      const answer = await get(headers)
      expect([answer.status, answer.json], JSON.stringify(Object.keys(headers))).toMatchObject([
        200,
        { id: cast.a.id },
      ])
    }
    const bad: Record<string, string>[] = [
      { authorization: 'Bearer garbage', cookie: cookieFor(cast.a) },
      { cookie: 'HTTP_ACCESS=garbage' },
      { authorization: `Basic ${Buffer.from('a:b').toString('base64')}` },
      { cookie: `HTTP_ACCESS=${encodeURIComponent(`Bearer ${cast.a.refresh}`)}` },
    ]
    for (const headers of bad) {
      const answer = await get(headers)
      expect([answer.status, answer.json]).toEqual([401, DENIED])
    }
  })

  test('a cookie changes nothing for a page of another origin', async () => {
    const patch = (headers: Record<string, string>) =>
      call(cast.host, '/api/v1/usr/profile', { method: 'PATCH', body: { first_name: 'sara' }, headers })
    const cookie = cookieFor(cast.a)
    expect((await patch({ cookie, origin: 'https://evil.example' })).status).toBe(403)
    expect((await patch({ cookie, origin: `http://${cast.host}.evil.example` })).status).toBe(403)
    expect((await patch({ cookie, origin: `http://${cast.host}` })).status).toBe(200)
    const { access } = cast.a
    expect((await patch({ authorization: `Bearer ${access}`, origin: 'https://evil.example' })).status).toBe(
      200,
    )
  })
})

test.describe('Leaving', () => {
  test('logout: 200, the pair and its cookie are no longer valid, other sessions are', async () => {
    const person = await register(cast.host, 'leaving')
    const login = await post('login', { email_or_username: person.login, password: person.password })
    const other = Pair.parse(login.json)
    const answer = await call(cast.host, '/api/v1/usr/logout', { token: person.access })
    expect([answer.status, answer.json]).toEqual([200, { success: true, data: { message: 'Logged out' } }])
    expect(cookieOf(answer)).toMatch(/Max-Age=0|Expires=Thu, 01 Jan 1970/)
    expect((await profile(person.access)).status).toBe(401)
    expect((await post('refresh-access', { refresh: person.refresh })).status).toBe(401)
    expect((await call(cast.host, '/api/v1/usr/logout', { token: person.access })).status).toBe(401)
    expect((await profile(other.access_token)).status).toBe(200)
  })

  test('the profile: what is named changes, the rest stays; what nobody may change does not', async () => {
    const person = await register(cast.host, 'changing')
    const patch = (body: unknown, method = 'PATCH') => cast.rest('/usr/profile', { method, body, as: person })
    const answer = await patch({ first_name: 'Zoë', id: 1, email: 'other@example.com', is_superuser: true })
    expect([answer.status, answer.json]).toMatchObject([
      200,
      { id: person.id, first_name: 'Zoë', last_name: 'Tester', email: person.email },
    ])
    expect((await patch({ last_name: 'X' }, 'PUT')).json).toMatchObject({ first_name: 'Zoë', last_name: 'X' })
    expect((await patch({ default_reply_handler: 'AI' })).json).toMatchObject({ default_reply_handler: 'AI' })
    for (const body of [{ first_name: 5 }, { default_reply_handler: 'nobody' }, { last_name: 'nul\u0000' }])
      expect((await patch(body)).status, JSON.stringify(body)).toBe(400)
    expect((await profile(person.access)).json).toMatchObject({
      first_name: 'Zoë',
      default_reply_handler: 'AI',
    })
  })

  test('delete-account revokes everything of the account: tokens, keys, and signing in', async () => {
    const person = await register(cast.host, 'deleting')
    const made = await cast.rest('/api-keys/', { as: person, body: { name: 'k', scopes: ['read'] } })
    const { key } = z.looseObject({ key: z.string() }).parse(made.json)
    expect((await call(cast.host, '/api/v1/message/tags', { token: key })).status).toBe(200)
    const answer = await cast.rest('/usr/delete-account', { method: 'DELETE', as: person })
    expect(answer.status).toBe(200)
    expect((await profile(person.access)).status).toBe(401)
    expect((await call(cast.host, '/api/v1/message/tags', { token: key })).status).toBe(401)
    expect((await post('refresh-access', { refresh: person.refresh })).status).toBe(401)
    const login = await post('login', { email_or_username: person.login, password: person.password })
    expect(login.status).toBe(400)
  })

  test('an owner whose colleagues would be left alone cannot delete the account, and stays signed in', async () => {
    const [owner, colleague] = [await register(cast.host, 'owner'), await register(cast.host, 'colleague')]
    await shareWorkspace(cast.host, owner, colleague)
    const answer = await cast.rest('/usr/delete-account', { method: 'DELETE', as: owner })
    expect([answer.status, answer.json]).toMatchObject([409, { error: expect.any(String) }])
    expect((await profile(owner.access)).status).toBe(200)
    expect((await cast.rest('/usr/delete-account', { method: 'DELETE', as: colleague })).status).toBe(200)
    expect((await cast.rest('/usr/delete-account', { method: 'DELETE', as: owner })).status).toBe(200)
  })
})
