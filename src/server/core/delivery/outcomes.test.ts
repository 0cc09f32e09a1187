import { STATUS_CODES } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DeliveryOp } from '../../contract/message.ts'
import { ERROR_TABLE } from '../../emulators/instagram/graph/error-table.ts'
import {
  again,
  type Becomes,
  done,
  echo,
  fails,
  full,
  leaking,
  outcomeOf,
  platformsAt,
  type Reply,
  rests,
  startVendor,
  stops,
  TOKEN,
  unsure,
  waits,
} from './outcomes.testing.ts'

let vendor: Awaited<ReturnType<typeof startVendor>>
beforeAll(async () => {
  vendor = await startVendor()
})
afterAll(() => vendor.close())

type Row = [op: DeliveryOp, status: number, words: string, becomes: Becomes, parameters?: object]

const MOVED = 'Bad Request: group chat was upgraded to a supergroup chat'
const UNREAD = 'Bad Request: can\'t parse entities: Unsupported start tag "x" at byte offset 0'

/** channels.md 1.2. */
const TELEGRAM: Row[] = [
  ['send', 400, 'Bad Request: chat not found', fails('not_found')],
  ['send', 400, 'Bad Request: message text is empty', fails()],
  ['send', 400, 'Bad Request: message is too long', fails()],
  ['send', 400, 'Bad Request: Text is too long', fails()],
  ['send', 400, UNREAD, done(2)],
  ['edit', 400, UNREAD, done(2)],
  ['edit', 400, 'Bad Request: message is not modified: specified new message content and …', done()],
  ['edit', 400, 'Bad Request: message to edit not found', fails()],
  ['edit', 400, "Bad Request: message can't be edited", fails()],
  ['delete', 400, 'Bad Request: message to delete not found', done()],
  ['delete', 400, "Bad Request: message can't be deleted", fails()],
  ['send', 400, 'Bad Request: message to be replied not found', fails()],
  ['react', 400, 'Bad Request: message to react not found', fails()],
  ['react', 400, 'Bad Request: REACTION_INVALID', fails()],
  ['send', 400, MOVED, done(2), { migrate_to_chat_id: -1001 }],
  ['send', 401, 'Unauthorized', stops],
  ['send', 401, 'Unauthorized: invalid token specified', stops],
  ['edit', 401, 'Unauthorized', stops],
  ['send', 403, 'Forbidden: bot was blocked by the user', fails('blocked')],
  ['send', 403, 'Forbidden: user is deactivated', fails('deactivated')],
  ['send', 403, 'Forbidden: bot was kicked from the group chat', fails('kicked')],
  ['send', 403, "Forbidden: bot can't initiate conversation with a user", fails('not_started')],
  ['send', 404, 'Not Found', stops],
  ['send', 404, 'Not Found: method not found', fails()],
  ['send', 409, 'Conflict: terminated by setWebhook request', again],
  ['send', 413, 'Request Entity Too Large', fails()],
  ['send', 429, 'Too Many Requests: retry after 7', waits('contact', 7_000), { retry_after: 7 }],
  ['edit', 429, 'Too Many Requests: retry after 60', waits('contact', 60_000), { retry_after: 60 }],
  ['send', 500, 'Internal Server Error: restart', again],
  ['react', 500, 'Internal Server Error', again],
  ['send', 502, 'Bad Gateway', again],
]

describe('Telegram', () => {
  it.each(TELEGRAM)('%s: %i %s', async (op, status, words, becomes, parameters) => {
    const body = { ok: false, error_code: status, description: leaking(words), parameters }
    const seen = await outcomeOf(vendor, { source: 'telegram', op, says: [{ status, body }] })
    expect(seen.becomes).toEqual(full(becomes))
    const isDone = becomes.state === 'sent'
    expect(seen.said).toBe(isDone ? null : `${words} (/bot[token]/x)`)
    expect(seen.code).toBe(isDone ? null : String(status))
    expect(seen.stoppedFor).toBe(becomes === stops ? seen.said : null)
    expect(seen.stored).not.toContain(TOKEN)
  })

  it.each<[what: string, op: DeliveryOp, reply: Reply, becomes: Becomes]>([
    ['an answer that is cut off', 'send', 'cut', unsure],
    ['an answer that is cut off', 'edit', 'cut', again],
    ['a success that cannot be read', 'send', { status: 200, body: '<html>' }, unsure],
    ['a success without the message', 'send', { status: 200, body: { ok: true } }, unsure],
    ['something in between that did not hear from it', 'send', { status: 504, body: '<html>' }, unsure],
    ['something in between that did not hear from it', 'delete', { status: 502, body: '<html>' }, again],
    ['something in between that is busy', 'send', { status: 503, body: '<html>' }, again],
  ])('%s: %s', async (_, op, reply, becomes) => {
    const seen = await outcomeOf(vendor, { source: 'telegram', op, says: [reply] })
    expect(seen.becomes).toEqual(full(becomes))
    expect(seen.said).not.toBeNull()
  })
})

type Coded = [code: number, subcode: number | undefined, status: number, words: string, becomes: Becomes]

const OUTSIDE = '(#10) This message is sent outside of allowed window.'
const DEAD = 'Error validating access token:'

/** channels.md 2.4. Nearly everything is a 400, so the status says little. */
const INSTAGRAM: Coded[] = [
  [190, undefined, 400, 'Invalid OAuth access token - Cannot parse access token', { ...stops, calls: 2 }],
  [190, 458, 401, `${DEAD} The user has not authorized application.`, { ...stops, calls: 2 }],
  [190, 460, 401, `${DEAD} The user changed their password.`, { ...stops, calls: 2 }],
  [190, 463, 401, `${DEAD} Session has expired.`, { ...stops, calls: 2 }],
  [190, 467, 401, `${DEAD} The user logged out.`, { ...stops, calls: 2 }],
  [10, 2018278, 400, OUTSIDE, fails()],
  [10, 2534022, 400, OUTSIDE, fails()],
  [10, undefined, 403, '(#10) Application does not have permission for this action', fails()],
  [200, undefined, 403, '(#200) The account does not allow access to its messages.', fails()],
  [230, undefined, 403, '(#230) User consent is required to access user profile', fails()],
  [3, undefined, 400, '(#3) Application does not have the capability', fails()],
  [100, undefined, 400, '(#100) Invalid parameter', fails()],
  [100, 2018001, 400, '(#100) No matching user found', fails()],
  [100, 33, 400, "Unsupported request. Object with ID '0' does not exist", fails()],
  [100, 2018008, 400, '(#100) Failed to fetch the file from the url', fails()],
  [100, 2018047, 400, '(#100) Upload attachment failure.', fails()],
  [100, 2534014, 400, '(#100) The requested user cannot be found.', fails()],
  [551, 1545041, 400, "(#551) This person isn't available right now.", fails(expect.any(String))],
  [613, undefined, 400, '(#613) Calls to this api have exceeded the rate limit.', rests],
  [4, undefined, 403, '(#4) Application request limit reached', rests],
  [17, undefined, 400, '(#17) User request limit reached', rests],
  [32, undefined, 403, '(#32) Page request limit reached', rests],
  [80002, undefined, 400, '(#80002) There have been too many calls', rests],
  [80006, undefined, 400, '(#80006) There have been too many calls', rests],
  [1, 99, 500, 'An unknown error occurred', again],
  [1, undefined, 500, 'An unknown error has occurred.', again],
  [2, 1545133, 500, '(#2) Service temporarily unavailable', again],
  [2, undefined, 500, '(#2) Service temporarily unavailable', again],
  [1200, undefined, 400, '(#1200) Temporary send message failure. Please try again later.', again],
  [368, undefined, 400, '(#368) The action attempted has been deemed abusive', stops],
  [100, 2534001, 400, '(#100) This thread has been archived or deleted.', fails()],
  [10, 2534025, 400, '(#10) A private reply has already been sent to this comment.', fails()],
  [10, 2534013, 400, '(#10) This comment can no longer be replied to.', fails()],
  [1, 1357046, 500, 'Received an invalid JSON reply from the endpoint', echo],
]

const refusalWith = (code: number, error_subcode: number | undefined, message: string) => ({
  error: { message, type: 'OAuthException', code, error_subcode, fbtrace_id: 'Az8or2yhqkZfEZ' },
})

describe('Instagram', () => {
  it.each(INSTAGRAM)('%i/%s with %i: %s', async (code, subcode, status, words, becomes) => {
    const body = refusalWith(code, subcode, leaking(words))
    const seen = await outcomeOf(vendor, { source: 'instagram', op: 'send', says: [{ status, body }] })
    expect(seen.becomes).toEqual(full(becomes))
    const told = `${status} ${STATUS_CODES[status]}: ${words} (/bot[secret]/x)`
    // What people do about a dead token stands in the place of its many reasons; those are the channel's.
    expect(seen.said).toBe(code === 190 ? 'Token expired and refresh failed - user needs to reconnect' : told)
    expect(seen.stoppedFor).toBe(becomes.next === 'reconnection' ? told : null)
    expect(seen.code).toBe(subcode === undefined ? String(code) : `${code}/${subcode}`)
    expect(seen.stored).not.toContain(TOKEN)
  })

  it('is refused in no way of its own that is not in this table', () => {
    // The rest is about tokens that are exchanged, and never an answer to a message.
    const said = ERROR_TABLE.filter(({ code }) => ![101, 104, 452].includes(code))
    const known = INSTAGRAM.map(([code, subcode]) => `${code}/${subcode}`)
    expect(said.map(({ code, subcode }) => `${code}/${subcode}`).toSorted()).toEqual(known.toSorted())
  })

  const limit = refusalWith(80002, undefined, '(#80002) There have been too many calls')
  const usage = JSON.stringify({ 1784: [{ type: 'instagram', estimated_time_to_regain_access: 7 }] })
  const passing = { error: { message: 'odd', type: 'OAuthException', code: 99_999, is_transient: true } }
  it.each<[what: string, op: DeliveryOp, reply: Reply, becomes: Becomes]>([
    [
      'minutes to regain access',
      'send',
      limitWith({ 'x-business-use-case-usage': usage }),
      waits('channel', 420_000),
    ],
    ['seconds to wait', 'send', limitWith({ 'retry-after': '3' }), waits('channel', 3_000)],
    [
      'a code that nobody knows',
      'send',
      { status: 400, body: refusalWith(99_999, undefined, 'odd') },
      fails(),
    ],
    ['a code that nobody knows, and that passes', 'send', { status: 400, body: passing }, again],
    ['an answer that is cut off', 'send', 'cut', echo],
    ['an answer that is cut off', 'react', 'cut', again],
    ['a success that cannot be read', 'send', { status: 200, body: '<html>' }, echo],
    ['a success without the message', 'send', { status: 200, body: { recipient_id: '42' } }, echo],
    ['something in between that did not hear from it', 'send', { status: 504, body: '<html>' }, echo],
    ['something in between that is busy', 'send', { status: 503, body: '<html>' }, again],
    ['a flood, of something in between', 'send', { status: 429, body: '<html>' }, rests],
  ])('%s: %s', async (_, op, reply, becomes) => {
    const seen = await outcomeOf(vendor, { source: 'instagram', op, says: [reply] })
    expect(seen.becomes).toEqual(full(becomes))
    expect(seen.said).not.toBeNull()
  })

  function limitWith(headers: Record<string, string>): Reply {
    return { status: 400, body: limit, headers }
  }
})

/** What Telegram refuses besides messages: nothing of it is a delivery. */
describe('Telegram, asked for something else', () => {
  const channel = {
    ...{
      id: 1,
      workspaceId: 1,
      source: 'telegram' as const,
      name: 'Shop',
      username: 'shop',
      externalId: '123',
    },
    ...{ isConnect: true, stoppedReason: null, createdAt: '2026-01-01T00:00:00.000Z', apiRoot: null },
    ...{ settings: {}, tokenExpiresAt: null, provedAt: null },
    credentials: { token: TOKEN, webhookSecret: 'secret' },
  }
  const asks = {
    getFile: () => platformsAt(vendor).telegram.media?.(channel, { file_id: 'F' }, 1_000),
    getUpdates: () => platformsAt(vendor).telegram.poll?.(channel, 5, new AbortController().signal),
    setWebhook: () => platformsAt(vendor).telegram.setWebhook(channel, 'https://desk.example/hook'),
  }
  const conflicts = { outcome: 'conflict' }
  it.each<[what: keyof typeof asks, status: number, words: string, becomes: object, parameters?: object]>([
    ['getFile', 400, 'Bad Request: file is too big', { outcome: 'failed', reason: 'too_big' }],
    ['getFile', 400, 'Bad Request: wrong file_id or the file is temporarily unavailable', { reason: 'gone' }],
    ['getFile', 401, 'Unauthorized', { outcome: 'retry' }],
    ['getFile', 429, 'Too Many Requests', { outcome: 'retry', retryAfterMs: 3_000 }, { retry_after: 3 }],
    ['getUpdates', 401, 'Unauthorized', { outcome: 'stopped' }],
    ['getUpdates', 404, 'Not Found', { outcome: 'retry' }],
    ['getUpdates', 409, 'Conflict: terminated by other getUpdates request; make sure that only …', conflicts],
    ['getUpdates', 409, "Conflict: can't use getUpdates method while webhook is active; use …", conflicts],
    ['getUpdates', 409, 'Conflict: terminated by setWebhook request', conflicts],
    ['getUpdates', 429, 'Too Many Requests', { outcome: 'retry', retryAfterMs: 3_000 }, { retry_after: 3 }],
    ['getUpdates', 500, 'Internal Server Error', { outcome: 'retry', retryAfterMs: null }],
    ['setWebhook', 400, 'Bad Request: secret token is too long', { code: 'invalid_input' }],
    ['setWebhook', 400, 'Bad Request: secret token contains unallowed characters', { code: 'invalid_input' }],
    ['setWebhook', 400, 'Bad Request: bad webhook: An HTTPS URL must be provided', { code: 'invalid_input' }],
    ['setWebhook', 401, 'Unauthorized', { code: 'invalid_input' }],
    ['setWebhook', 429, 'Too Many Requests: retry after 1', { code: 'unavailable' }, { retry_after: 1 }],
    ['setWebhook', 500, 'Internal Server Error', { code: 'unavailable' }],
  ])('%s: %i %s', async (what, status, words, becomes, parameters) => {
    const body = { ok: false, error_code: status, description: leaking(words), parameters }
    vendor.replies.splice(0, vendor.replies.length, { status, body })
    const seen: object = (await asks[what]()?.catch((error: Error) => error)) ?? {}
    expect(seen).toMatchObject(becomes)
    const told = 'reason' in seen ? '' : String('error' in seen ? seen.error : seen)
    if (told) expect(told).toContain(words)
    expect(`${told} ${JSON.stringify(seen)}`).not.toContain(TOKEN)
  })
})
