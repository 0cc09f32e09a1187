import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { isUnstorable } from '../../contract/characters.ts'
import { openBody } from './open.ts'
import { ACCOUNT, at, bodyOf, itemsOf, parse, parseMessage, said } from './parse.testing.ts'
import { parseItem } from './parse.ts'

describe('a body', () => {
  it('holds the events of several accounts, each for itself', () => {
    const body = JSON.stringify({
      object: 'instagram',
      entry: [
        { id: '1', time: at, messaging: [said({ message: { mid: 'a', text: 'x' } }), said({})] },
        { id: '2', time: at, standby: [said({ message: { mid: 'b', text: 'y' } })] },
        { id: '3', time: at, changes: [{ field: 'comments', value: { id: '9' } }] },
        'not an entry',
        { id: '4' },
      ],
    })
    const items = itemsOf(body)
    expect(items.map(({ account }) => account)).toEqual(['1', '1', '2', '3'])
    expect(parseItem(items[2]?.raw ?? '')).toMatchObject({ kind: 'message', message: { providerId: 'b' } })
    expect(parseItem(items[3]?.raw ?? '')).toMatchObject({ kind: 'ignored', reason: 'comments' })
  })

  it('of the dashboard’s test button names the account in the message', () => {
    const value = said({ message: { mid: 'random_mid', text: 'random_text' } })
    const body = {
      object: 'instagram',
      entry: [{ id: '0', time: 1, changes: [{ field: 'messages', value }] }],
    }
    const [item] = itemsOf(JSON.stringify(body))
    expect(item?.account).toBe(ACCOUNT)
    expect(parseItem(item?.raw ?? '')).toMatchObject({ kind: 'message', message: { content: 'random_text' } })
  })

  it('of another product has nothing for us, and no JSON is refused', () => {
    expect(openBody('{"object":"page","entry":[{"id":"1","messaging":[{}]}]}')).toBeNull()
    expect(openBody('[]')).toBeNull()
    expect(openBody('{"object":"instagram"}')).toEqual([])
    expect(() => openBody('{bad')).toThrow(expect.objectContaining({ code: 'invalid_input' }))
  })
})

describe('our own side', () => {
  const echo = (message: object) =>
    parse({ sender: { id: ACCOUNT }, recipient: { id: '42' }, message: { mid: 'm5', ...message } })

  it('is told back with the customer as the other one', () => {
    expect(echo({ text: 'hi', is_echo: true, app_id: 1 })).toMatchObject({
      kind: 'echo',
      isOurs: null,
      message: { sourceId: '42', providerId: 'm5', content: 'hi', extras: { via: 'instagram_app' } },
    })
    expect(echo({ text: 'hi' })).toMatchObject({ kind: 'echo', message: { sourceId: '42' } })
  })

  it('takes a message back, too', () => {
    expect(echo({ is_echo: true, is_deleted: true })).toMatchObject({
      kind: 'unsend',
      sourceId: '42',
      providerId: 'm5',
    })
  })
})

describe('what happens to a message', () => {
  it('is that it is taken back', () => {
    expect(parseMessage({ is_deleted: true })).toMatchObject({
      kind: 'unsend',
      providerId: 'm1',
      sourceId: '42',
    })
  })

  it('is that it is edited, with the count as a number or a text', () => {
    for (const num_edit of [1, '1'])
      expect(parse({ message_edit: { mid: 'm1', text: 'better', num_edit } })).toMatchObject({
        kind: 'edit',
        providerId: 'm1',
        content: 'better',
        at: new Date(at).toISOString(),
      })
    expect(parse({ message_edit: { mid: 'm1', num_edit: 0 } })).toMatchObject({ kind: 'ignored' })
  })

  it('is a reaction, or that one is taken away', () => {
    const reaction = (fields: object) => parse({ reaction: { mid: 'm1', ...fields } })
    expect(reaction({ action: 'react', reaction: 'love', emoji: '❤️' })).toMatchObject({
      kind: 'reaction',
      providerId: 'm1',
      emojis: ['❤️'],
    })
    expect(reaction({ action: 'react', reaction: 'other', emoji: '🦆' })).toMatchObject({ emojis: ['🦆'] })
    expect(reaction({ action: 'react', reaction: 'wow' })).toMatchObject({ emojis: ['😮'] })
    expect(reaction({ action: 'unreact' })).toMatchObject({ emojis: [] })
  })

  it('is that it was seen', () => {
    expect(parse({ read: { mid: 'm1' } })).toMatchObject({ kind: 'seen', sourceId: '42', providerId: 'm1' })
  })
})

test.each([
  ['referral', { referral: { ref: 'x', source: 'ADS', type: 'OPEN_THREAD' } }],
  ['optin', { optin: {} }],
])('%s says nothing and is passed over', (reason, fields) => {
  expect(parse(fields)).toMatchObject({ kind: 'ignored', reason })
})

test('a repetition has the same key, and nothing else has', () => {
  const events = [
    { message: { mid: 'm1', text: 'x' } },
    { message: { mid: 'm2', text: 'x' } },
    { message: { mid: 'm1', is_deleted: true } },
    { message_edit: { mid: 'm1', text: 'y', num_edit: 1 } },
    { message_edit: { mid: 'm1', text: 'z', num_edit: 2 } },
    { reaction: { mid: 'm1', action: 'react', reaction: 'love' } },
    { reaction: { mid: 'm1', action: 'unreact' } },
    { read: { mid: 'm1' } },
    { postback: { mid: 'm1', title: 'x' } },
    { referral: { ref: 'a' } },
    { referral: { ref: 'b' } },
  ]
  const keys = () =>
    events.map((event) => {
      const parsed = parse(event)
      return 'message' in parsed ? parsed.message.key : parsed.key
    })
  expect(keys()).toEqual(keys())
  expect(new Set(keys()).size).toBe(events.length)
  const edited = (num_edit: unknown) => parse({ message_edit: { mid: 'm1', text: 'y', num_edit } })
  expect(edited('1')).toEqual(edited(1))
})

test.each([
  '',
  'x',
  '[]',
  '{}',
  '{"entry":[{}]}',
  '{"entry":[{"id":"1","messaging":[{}]}]}',
  '{"entry":[{"id":"1","messaging":[{"sender":{"id":"2"},"message":{}}]}]}',
])('%s is refused', (raw) => {
  expect(() => parseItem(raw)).toThrow(expect.objectContaining({ code: 'invalid_input' }))
})

test('whatever comes is understood or refused, and can be stored', () => {
  const message = fc.record(
    {
      mid: fc.anything(),
      text: fc.oneof(fc.string({ unit: 'binary' }), fc.anything()),
      attachments: fc.oneof(
        fc.array(fc.record({ type: fc.anything(), payload: fc.anything() })),
        fc.anything(),
      ),
      reply_to: fc.anything(),
    },
    { requiredKeys: [] },
  )
  const event = fc.record(
    { message, reaction: fc.anything(), message_edit: fc.anything() },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(event, fc.anything(), (fields, sender) => {
      for (const { raw } of itemsOf(bodyOf({ ...said(fields), sender }, said(fields)))) {
        try {
          const parsed = parseItem(raw)
          expect(isUnstorable(JSON.stringify(parsed))).toBe(false)
          if (parsed.kind === 'message') expect(parsed.message.content).not.toBe('')
        } catch (error) {
          expect(error).toMatchObject({ code: 'invalid_input' })
        }
      }
    }),
    { numRuns: 50 },
  )
})
