import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { authenticateToken } from '../../core/accounts/authenticate.ts'
import { enter, join, openListed } from '../../core/cast.testing.ts'
import { openSetup } from '../../core/setup/open-setup.ts'
import { beginTwoFactor, confirmTwoFactor } from '../../core/two-factor/enrol.ts'
import { codeAt } from '../../core/two-factor/two-factor.testing.ts'
import { startRest, type Told } from './rest-server.testing.ts'

let rest: Awaited<ReturnType<typeof startRest>>
let username: string
beforeAll(async () => {
  rest = await startRest()
})
beforeEach(() => {
  username = `kim${rest.ctx.ids.short()}`
})
afterAll(() => rest.close())

const PASSWORD = 'correct horse'
const post = (path: string, body: object) =>
  rest.ask(`usr/${path}`, { method: 'POST', token: null, body: JSON.stringify(body) })
const register = (given: object = {}) =>
  post('register', { username, email: `${username}@example.com`, password: PASSWORD, ...given })
const login = (email_or_username: string, password = PASSWORD) =>
  post('login', { email_or_username, password })
const tokensOf = ({ json }: Told) => {
  const held = (json.data ?? json) as { access_token: string; refresh_token: string }
  return { access: held.access_token, refresh: held.refresh_token }
}
const isIn = async (token: string) => (await rest.ask('usr/profile', { token })).status === 200
const cookieOf = ({ headers }: Told) => String(headers['set-cookie'])

describe('registering', () => {
  it('signs in at once, with a cookie that scripts cannot read', async () => {
    const answer = await register({ first_name: ' Kim ' })
    expect(answer).toMatchObject({
      status: 201,
      json: { user_data: { username, first_name: 'Kim', default_reply_handler: 'support' } },
    })
    expect(await isIn(tokensOf(answer).access)).toBe(true)
    expect(cookieOf(answer)).toMatch(
      /^HTTP_ACCESS=Bearer%20[\w.%-]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=604800; Secure$/,
    )
    expect(answer.text).not.toContain(PASSWORD)
  })

  it.each([
    [{ username: 'a b' }, 'username', 'Enter a valid username.'],
    [{ username: undefined }, 'username', 'This field is required.'],
    [{ email: 'x' }, 'email', 'Enter a valid email address.'],
    [{ password: 'short' }, 'password', 'Use at least 8 characters.'],
    [{ password: 5 }, 'password', /./],
    [{ password: 'Password123' }, 'password', 'This password is too common.'],
    [{ password: 'kim-own-name', username: 'kim-own-name' }, 'password', /too similar/],
  ])('refuses %j', async (given, field, text) => {
    const { status, json } = await register(given)
    expect([status, (json[field] as string[])[0]]).toEqual([400, expect.stringMatching(text)])
    expect((await login(username)).status).toBe(400)
  })

  it('refuses a name or an address that is taken, in any case', async () => {
    await register()
    expect((await register({ email: 'other@example.com' })).json).toHaveProperty('username')
    const taken = `${username}@EXAMPLE.com`
    expect((await register({ username: `${username}2`, email: taken })).json).toHaveProperty('email')
  })

  it('is refused where it is closed', async () => {
    await using closed = await startRest({ allowRegistration: false })
    const body = JSON.stringify({ username, email: 'kim@example.com', password: PASSWORD })
    expect((await closed.ask('usr/register', { method: 'POST', token: null, body })).status).toBe(403)
  })
})

describe('signing in', () => {
  it('takes the user name or the address, and refuses everything else in one sentence', async () => {
    await register()
    for (const name of [username, `${username}@example.com`, ` ${username} `])
      expect((await login(name)).status).toBe(200)
    for (const [name, password] of [
      [username, 'wrong'],
      ['nobody', PASSWORD],
      ['a\u0000b', PASSWORD],
    ] as const)
      expect(await login(name, password)).toMatchObject({
        status: 400,
        json: { non_field_errors: ['Invalid email/username or password.'] },
      })
    expect((await post('login', { email_or_username: username })).json).toEqual({
      password: ['This field is required.'],
    })
  })
})

describe('signing in with a second factor', () => {
  const enrolled = async () => {
    const { access } = tokensOf(await register())
    const kim = { ...rest.ctx, actor: await authenticateToken(rest.ctx, access) }
    const { secret } = await beginTwoFactor(kim, { password: PASSWORD })
    const { codes } = await confirmTwoFactor(kim, { code: codeAt(secret, rest.clock.now() - 30_000) })
    return { code: codeAt(secret, rest.clock.now()), codes, access }
  }
  const withCode = (otp: unknown, password = PASSWORD) =>
    post('login', { email_or_username: username, password, otp })

  it('asks for the code, takes it once, and gives no token before', async () => {
    const { code } = await enrolled()
    const asked = await login(username)
    expect(asked).toMatchObject({ status: 401, json: { error_code: 'OTP_REQUIRED' } })
    expect(asked.headers['set-cookie']).toBeUndefined()
    expect(Object.keys(asked.json)).toEqual(['error', 'error_code'])
    expect(await withCode('000000')).toMatchObject({ status: 401, json: { error_code: 'OTP_INVALID' } })
    expect((await withCode(code)).status).toBe(200)
    expect(await withCode(code)).toMatchObject({ status: 401, json: { error_code: 'OTP_INVALID' } })
  })

  it('answers a wrong password as ever, whatever code comes with it', async () => {
    const { code, codes } = await enrolled()
    for (const otp of [undefined, code, codes[0], '000000'])
      expect(await withCode(otp, 'wrong')).toMatchObject({
        status: 400,
        json: { non_field_errors: ['Invalid email/username or password.'] },
      })
  })

  it('takes a recovery code once, and refuses what is no text', async () => {
    const [code] = (await enrolled()).codes
    expect((await withCode(code)).status).toBe(200)
    expect((await withCode(code)).status).toBe(401)
    expect((await withCode(123456)).json).toHaveProperty('otp')
    expect((await withCode('1'.repeat(101))).json).toHaveProperty('otp')
  })

  it('says 429 and when to come back where a code is guessed at', async () => {
    await enrolled()
    const answers = []
    for (let tries = 0; tries < 10; tries++) answers.push(await withCode('000000'))
    expect(answers.at(-1)).toMatchObject({ status: 429, json: { error_code: 'RATE_LIMITED' } })
    expect(Number(answers.at(-1)?.headers['retry-after'])).toBeGreaterThan(0)
  })

  it('changes nothing for whoever has none, and nothing for sessions that are open', async () => {
    const { access } = await enrolled()
    expect(await isIn(access)).toBe(true)
    username = `${username}b`
    await register()
    for (const otp of [undefined, null, '', '000000']) expect((await withCode(otp)).status).toBe(200)
  })
})

describe('a setup code', () => {
  it('makes the administrator, and nobody without one', async () => {
    await using instance = await startRest({ firstAdministrator: 'brings_code', allowRegistration: false })
    // Anna of the test's own cast came first: on an instance like this one that makes her nothing.
    for (const user of instance.state.users.values()) user.isInstanceAdmin = false
    const code = await openSetup(instance.ctx)
    const ask = (setup_code: unknown, name = username) =>
      instance.ask('usr/register', {
        method: 'POST',
        token: null,
        body: JSON.stringify({
          username: name,
          email: `${name}@example.com`,
          password: PASSWORD,
          setup_code,
        }),
      })
    const closed = { status: 403, json: { error: 'Registration is closed' } }
    expect(await ask(undefined)).toMatchObject(closed)
    const wrong = await ask('abcd-0000')
    expect(wrong).toMatchObject({ status: 403, json: { error_code: 'FORBIDDEN' } })
    expect(wrong.text).not.toContain('abcd')
    const answer = await ask(code)
    expect([answer.status, answer.text]).toEqual([201, expect.not.stringContaining(String(code))])
    expect((await instance.ctx.accounts.findByLogin(username))?.isInstanceAdmin).toBe(true)
    expect((await ask(code, `${username}2`)).status).toBe(403)
  })
})

describe('refreshing', () => {
  it('rotates: the pair before it is over', async () => {
    const first = tokensOf(await register())
    const answer = await post('refresh-access', { refresh: first.refresh })
    expect(answer).toMatchObject({ status: 200, json: { success: true } })
    const second = tokensOf(answer)
    expect([await isIn(first.access), await isIn(second.access)]).toEqual([false, true])
  })

  it('with a token that was used ends the session for both holders', async () => {
    const first = tokensOf(await register())
    const second = tokensOf(await post('refresh-access', { refresh: first.refresh }))
    expect(await post('refresh-access', { refresh: first.refresh })).toMatchObject({
      status: 401,
      json: { success: false, errors: ['refresh is invalid'] },
    })
    expect(await isIn(second.access)).toBe(false)
    expect((await post('refresh', { refresh: second.refresh })).status).toBe(401)
  })

  it('by `refresh` shows the refresh token alone, and gives the other as a cookie', async () => {
    const { refresh } = tokensOf(await register())
    const answer = await post('refresh', { refresh })
    expect(Object.keys(answer.json.data as object)).toEqual(['refresh_token'])
    const cookie = cookieOf(answer).split(';')[0] ?? ''
    expect((await rest.ask('usr/profile', { token: null, headers: { cookie } })).status).toBe(200)
  })

  it.each([[{}], [{ refresh: 'x' }], [{ refresh: 5 }]])('refuses %j', async (body) => {
    expect((await post('refresh-access', body)).status).toBe(401)
  })

  it('refuses an access token, as every other path refuses a refresh token', async () => {
    const { access, refresh } = tokensOf(await register())
    expect((await post('refresh-access', { refresh: access })).status).toBe(401)
    expect(await isIn(refresh)).toBe(false)
  })
})

describe('the person', () => {
  it('reads and changes what is theirs to change', async () => {
    const token = tokensOf(await register()).access
    const patch = (body: object) =>
      rest.ask('usr/profile', { method: 'PATCH', token, body: JSON.stringify(body) })
    expect((await patch({ first_name: 'Kim', username: 'else', id: 1 })).json).toMatchObject({
      first_name: 'Kim',
      username,
    })
    expect((await patch({ default_reply_handler: 'dog' })).status).toBe(400)
    expect((await rest.ask('usr/profile', { token })).json).toMatchObject({
      first_name: 'Kim',
      default_reply_handler: 'support',
    })
  })

  it('signs out of this session alone', async () => {
    const one = tokensOf(await register())
    const two = tokensOf(await login(username))
    expect((await rest.ask('usr/logout', { token: one.access })).json).toEqual({
      success: true,
      data: { message: 'Logged out' },
    })
    expect([await isIn(one.access), await isIn(two.access)]).toEqual([false, true])
    expect((await post('refresh', { refresh: one.refresh })).status).toBe(401)
  })

  it('deletes the account with everything of it', async () => {
    const kim = await enter(rest.ctx, username)
    const { id } = await openListed(kim.as)
    expect((await rest.ask('usr/delete-account', { method: 'DELETE', token: kim.token })).status).toBe(200)
    expect(await isIn(kim.token)).toBe(false)
    expect(await kim.as.conversations.find([kim.as.actor.workspaceId], id)).toBeNull()
    expect((await register()).status).toBe(201)
  })

  it('does not delete the account that colleagues work under', async () => {
    const kim = await enter(rest.ctx, username)
    await join(kim.as, `${username}2`)
    expect((await rest.ask('usr/delete-account', { method: 'DELETE', token: kim.token })).status).toBe(409)
    expect(await isIn(kim.token)).toBe(true)
  })
})
