import { describe, expect, it } from 'vitest'
import { eventually } from '../../receiver.testing.ts'
import { askGraph, itemsOf, refOf, startHeard } from '../emulator.testing.ts'

/** Kim has written, and that was heard. */
async function startEchoing(react?: Parameters<typeof startHeard>[1]) {
  const cast = await startHeard({}, react)
  cast.write(cast.kim, 'hello')
  await eventually(() => expect(cast.emulator.snapshot().pendingDeliveries).toBe(0))
  const echoes = () => itemsOf(cast.receiver).filter(({ message }) => message?.is_echo)
  return { ...cast, echoes }
}

describe('the echo of a send', () => {
  it('comes from the account to the customer, after the answer, and names the app', async () => {
    await using cast = await startEchoing()
    const { body } = await cast.send(cast.kim, 'welcome')
    await eventually(() => expect(cast.echoes()).toHaveLength(1))
    expect(cast.echoes()).toMatchObject([
      {
        sender: { id: cast.shop.id },
        recipient: { id: cast.kim.igsid },
        message: {
          mid: body.message_id,
          text: 'welcome',
          is_echo: true,
          app_id: Number(cast.emulator.appId),
        },
      },
    ])
  })

  it('may arrive before the answer', async () => {
    let answered = false
    let wasAnswered: boolean | null = null
    await using cast = await startEchoing(({ raw }) => {
      if (raw.includes('is_echo')) wasAnswered = answered
      return 200
    })
    cast.emulator.setDelivery({ echo: 'before' })
    await cast.send(cast.kim, 'welcome').then(() => {
      answered = true
    })
    expect(cast.echoes()).toHaveLength(1)
    expect(wasAnswered).toBe(false)
  })

  it('does not hold up the answer while deliveries are paused', async () => {
    await using cast = await startEchoing()
    cast.emulator.setDelivery({ echo: 'before', paused: true })
    expect((await cast.send(cast.kim, 'welcome')).status).toBe(200)
    expect(cast.echoes()).toHaveLength(0)
  })

  it('may be missing, and may not name the app', async () => {
    await using cast = await startEchoing()
    cast.emulator.setDelivery({ echo: 'off' })
    await cast.send(cast.kim, 'silent')
    cast.emulator.setDelivery({ echo: 'after', echoAppId: false })
    await cast.send(cast.kim, 'nameless')
    await eventually(() => expect(cast.echoes()).toHaveLength(1))
    expect(cast.echoes()[0]?.message).toMatchObject({ text: 'nameless' })
    expect(cast.echoes()[0]?.message).not.toHaveProperty('app_id')
  })

  it('comes although the answer was lost', async () => {
    await using cast = await startEchoing()
    cast.emulator.setFault({ kind: 'drop-after', op: 'send' })
    await expect(cast.send(cast.kim, 'sent all the same')).rejects.toThrow()
    await eventually(() => expect(cast.echoes()).toMatchObject([{ message: { text: 'sent all the same' } }]))
    expect(cast.emulator.listCalls({ op: 'send' }).calls).toMatchObject([{ status: null }])
  })

  it('comes although the answer was an error', async () => {
    await using cast = await startEchoing()
    cast.emulator.setFault({ kind: 'error-after', op: 'send' })
    const { status, body } = await cast.send(cast.kim, 'sent all the same')
    expect([status, body.error?.code, body.error?.error_subcode]).toEqual([500, 1, 1357046])
    await eventually(() => expect(cast.echoes()).toHaveLength(1))
  })
})

describe('what the owner does in the app', () => {
  it('is told as an echo without an app, or with another one', async () => {
    await using cast = await startEchoing()
    const { message } = cast.emulator.writeAsOwner({ ...refOf(cast.kim), text: 'from my phone' })
    expect(message).toMatchObject({ from: 'account', via: 'app' })
    cast.emulator.writeAsOwner({ ...refOf(cast.kim), attachments: [{ type: 'image' }], appId: '42' })
    cast.emulator.writeAsOwner({ ...refOf(cast.kim), text: 'an answer', replyToMid: message.mid })
    await eventually(() => expect(cast.echoes()).toHaveLength(3))
    const [typed, other, answer] = cast.echoes().map(({ message: told }) => told)
    expect(typed).toEqual({ mid: message.mid, text: 'from my phone', is_echo: true })
    expect(other).toMatchObject({ app_id: 42, attachments: [{ type: 'image' }] })
    expect(answer).toMatchObject({ reply_to: { mid: message.mid } })
  })

  it('is to unsend, which is an echo too', async () => {
    await using cast = await startEchoing()
    const { message } = cast.emulator.writeAsOwner({ ...refOf(cast.kim), text: 'wrong chat' })
    cast.emulator.unsend({ ...refOf(cast.kim), mid: message.mid })
    await eventually(() => expect(cast.echoes()).toHaveLength(2))
    expect(cast.echoes()[1]).toMatchObject({
      sender: { id: cast.shop.id },
      message: { mid: message.mid, is_deleted: true },
    })
  })

  it('does not open the window, and says something', async () => {
    await using cast = await startHeard()
    cast.emulator.writeAsOwner({ ...refOf(cast.kim), text: 'hello there' })
    expect((await cast.send(cast.kim, 'hi')).body.error).toMatchObject({ error_subcode: 2534022 })
    expect(() => cast.emulator.writeAsOwner(refOf(cast.kim))).toThrow(/something/)
    const odd = { ...refOf(cast.kim), text: 'x', appId: 'my-app' }
    expect(() => cast.emulator.writeAsOwner(odd)).toThrow(/appId/)
  })

  it('is not told to the app of another account', async () => {
    await using cast = await startEchoing()
    const other = cast.emulator.createAccount({ username: 'other' })
    const thread = cast.emulator.openThread({ accountId: other.id, customerId: 'kim' })
    expect(cast.emulator.writeAsOwner({ ...refOf(thread), text: 'x' }).deliveryId).toBeNull()
    expect((await askGraph(cast.emulator, '/v23.0/me', { token: other.token })).status).toBe(200)
  })
})
