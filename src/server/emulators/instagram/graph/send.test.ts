import { describe, expect, it } from 'vitest'
import { askGraph, refOf } from '../emulator.testing.ts'
import { startOpen } from './sending.testing.ts'

const TAG = { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' }

describe('sending a text', () => {
  it('answers whom it reached and under which id', async () => {
    await using cast = await startOpen()
    const { status, body } = await cast.send(cast.kim, 'سلام')
    expect([status, body]).toEqual([200, { recipient_id: cast.kim.igsid, message_id: expect.any(String) }])
    expect(cast.sent()).toMatchObject([{ mid: body.message_id, text: 'سلام', via: 'api', tagged: false }])
  })

  it('takes a form as well as JSON', async () => {
    await using cast = await startOpen()
    const form = new URLSearchParams({
      recipient: JSON.stringify({ id: cast.kim.igsid }),
      message: JSON.stringify({ text: 'by form' }),
      access_token: cast.shop.token,
    })
    const response = await fetch(`${cast.emulator.url}/v23.0/me/messages`, { method: 'POST', body: form })
    expect(response.status).toBe(200)
    expect(cast.sent()).toMatchObject([{ text: 'by form' }])
  })

  it('counts bytes: a thousand fit, one more does not', async () => {
    await using cast = await startOpen()
    expect((await cast.send(cast.kim, 'س'.repeat(500))).status).toBe(200)
    expect((await cast.send(cast.kim, `${'س'.repeat(500)}a`)).body.error).toMatchObject({ code: 100 })
    expect((await cast.send(cast.kim, '👋'.repeat(251))).status).toBe(400)
    expect(cast.sent()).toHaveLength(1)
  })

  it.each([
    ['no recipient', { message: { text: 'x' } }],
    ['no message', {}],
    ['an empty text', { message: { text: ' ' } }],
    ['neither text nor attachment', { message: {} }],
    ['both', { message: { text: 'x', attachment: { type: 'like_heart' } } }],
    ['an unknown messaging type', { message: { text: 'x' }, messaging_type: 'SHOUT' }],
    ['a tag without its name', { message: { text: 'x' }, messaging_type: 'MESSAGE_TAG' }],
    ['a tag of Messenger’s', { message: { text: 'x' }, ...TAG, tag: 'ACCOUNT_UPDATE' }],
    ['a reply to nothing', { message: { text: 'x' }, reply_to: { mid: 'nothing' } }],
    ['too many quick replies', { message: { text: 'x', quick_replies: Array(14).fill({}) } }],
  ])('is refused with %s', async (what, body) => {
    await using cast = await startOpen()
    const { status, body: told } = await cast.post(
      what === 'no recipient' ? body : { ...cast.toKim, ...body },
    )
    expect([status, told.error?.code]).toEqual([400, 100])
    expect(cast.sent()).toHaveLength(0)
  })

  it('is refused for a stranger, for whoever has blocked the account, and in a deleted thread', async () => {
    await using cast = await startOpen()
    const stranger = { recipient: { id: '1234567890' }, message: { text: 'x' } }
    expect((await cast.post(stranger)).body.error).toMatchObject({ code: 100, error_subcode: 2534014 })
    cast.emulator.setThread({ ...refOf(cast.kim), blocked: true })
    expect((await cast.send(cast.kim, 'x')).body.error).toMatchObject({ code: 551, error_subcode: 1545041 })
    cast.emulator.setThread({ ...refOf(cast.kim), blocked: false, deleted: true })
    expect((await cast.send(cast.kim, 'x')).body.error).toMatchObject({ error_subcode: 2534001 })
    cast.write(cast.kim, 'again')
    expect((await cast.send(cast.kim, 'x')).status).toBe(200)
  })

  it('does not know the person by the id they have for another account', async () => {
    await using cast = await startOpen()
    const other = cast.emulator.createAccount({ username: 'other' })
    const body = { ...cast.toKim, message: { text: 'x' } }
    const { body: told } = await askGraph(cast.emulator, '/v23.0/me/messages', { token: other.token, body })
    expect(told.error).toMatchObject({ error_subcode: 2534014 })
  })

  it('can answer a message', async () => {
    await using cast = await startOpen()
    const { message } = cast.write(cast.kim, 'when?')
    await cast.send(cast.kim, 'tomorrow', { reply_to: { mid: message.mid } })
    expect(cast.sent()).toMatchObject([{ replyTo: { mid: message.mid } }])
  })
})
