import { expect } from '@playwright/test'
import { Cast, test } from '../support/cast.ts'

test.describe.configure({ mode: 'default' })

let cast: Cast
test.beforeAll(async ({ shop }) => {
  cast = await Cast.open(shop)
})

const path = (id: string) => `/message/conversation/${id}/send-message/`
const _INVALID_TYPE = {
  error: 'Invalid message type. Must be "support" or "marketing"',
  error_code: 'INVALID_TYPE',
}
const _INVALID_STATUS = {
  error: 'Invalid status. Must be one of: active, support_active, marketing_active, closed',
  error_code: 'INVALID_STATUS',
}

test.describe('Every path', () => {
  const PATHS: [method: string, path: string][] = [
    ['POST', '/message/conversation/x/send-message/'],
    ['POST', '/message/conversation/x/ai-message/'],
    ['PATCH', '/message/conversation/x/status/'],
    ['GET', '/message/user-conversation'],
    ['GET', '/message/user-conversation-full'],
    ['GET', '/message/conversation-item/x/'],
    ['DELETE', '/message/conversation-item/x/'],
    ['GET', '/message/user-messages'],
    ['POST', '/message/support-answer/x/'],
    ['POST', '/message/message/x/feedback/'],
    ['GET', '/message/customers'],
    ['GET', '/message/customer-item/1/'],
    ['PUT', '/message/customer-item/1/'],
    ['PATCH', '/message/customer-item/1/'],
    ['DELETE', '/message/customer-item/1/'],
    ['POST', '/message/customers/bulk-delete/'],
    ['POST', '/message/customers/bulk-export/'],
    ['GET', '/message/tags'],
    ['POST', '/message/tags'],
    ['POST', '/message/conversations/activate-all/'],
    ['POST', '/message/conversations/disable-all/'],
    ['GET', '/usr/logout'],
    ['GET', '/usr/profile'],
    ['DELETE', '/usr/delete-account'],
    ['GET', '/channels/'],
    ['GET', '/api-keys/'],
  ]

  test('no, a garbage or a refresh token: 401 with detail, and WWW-Authenticate: Bearer', async () => {
    for (const [method, where] of PATHS)
      for (const slash of [where, where.endsWith('/') ? where.slice(0, -1) : `${where}/`])
        for (const access of ['', 'garbage', cast.a.refresh]) {
          const as = { ...cast.a, access }
          const body = method === 'GET' || method === 'DELETE' ? {} : { body: {} }
          const answer = await cast.rest(slash, { method, as, ...body })
          expect([answer.status, answer.json], `${method} ${slash}`).toEqual([
            401,
            { detail: 'Authentication credentials were not provided.' },
          ])
          expect(answer.headers['www-authenticate']).toBe('Bearer')
        }
  })

  test('a wrong method is 405 with the legacy body', async () => {
    for (const [, where] of PATHS) {
      const answer = await cast.rest(where, { method: 'OPTIONS' })
      expect([answer.status, answer.json], where).toEqual([405, { detail: 'Method "OPTIONS" not allowed.' }])
    }
    for (const [method, where] of [
      ['GET', path(cast.c1)],
      ['PUT', '/message/tags'],
      ['POST', '/usr/logout'],
      ['GET', '/usr/login'],
    ] as const) {
      const answer = await cast.rest(where, { method })
      expect([answer.status, answer.json], where).toEqual([
        405,
        { detail: `Method "${method}" not allowed.` },
      ])
    }
  })

  test('an unknown path is a JSON 404; the legacy debug endpoints do not exist', async () => {
    for (const where of [
      '/',
      '/nowhere',
      '/message/',
      '/message/instagram-channels-debug',
      '/message/user-conversation/more',
      '/usr',
    ])
      for (const as of [cast.a, { ...cast.a, access: '' }]) {
        const answer = await cast.rest(where, { as })
        expect(answer.status, where).toBe(404)
        expect(answer.json, where).not.toBeNull()
        expect(answer.headers['content-type'], where).toContain('application/json')
      }
  })
})
