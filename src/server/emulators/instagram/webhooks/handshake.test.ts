import { describe, expect, it } from 'vitest'
import { startReceiver, VERIFY_TOKEN } from '../emulator.testing.ts'
import { startInstagramEmulator } from '../start.ts'

describe('the handshake of a callback', () => {
  it('takes a callback that gives back the challenge', async () => {
    await using receiver = await startReceiver()
    await using emulator = await startInstagramEmulator()
    const made = await emulator.setCallback({ url: receiver.url, verifyToken: VERIFY_TOKEN })
    expect(made).toEqual({ verified: true, status: 200, reason: '' })
    expect(emulator.getApp()).toMatchObject({ callbackUrl: receiver.url, disabled: false })
  })

  it('does not take one that does not know the token, or says anything else', async () => {
    await using receiver = await startReceiver()
    await using emulator = await startInstagramEmulator()
    const wrong = await emulator.setCallback({ url: receiver.url, verifyToken: 'wrong-token' })
    expect(wrong).toMatchObject({ verified: false, status: 403 })
    receiver.challengeAnswer = { status: 200, body: 'hello' }
    const chatty = await emulator.setCallback({ url: receiver.url, verifyToken: VERIFY_TOKEN })
    expect(chatty).toMatchObject({
      verified: false,
      status: 200,
      reason: expect.stringContaining('challenge'),
    })
    const deaf = await emulator.setCallback({ url: 'http://127.0.0.1:9/hook', verifyToken: VERIFY_TOKEN })
    expect(deaf).toMatchObject({ verified: false, status: null })
    expect(emulator.getApp().callbackUrl).toBeNull()
  })

  it('is left out on request', async () => {
    await using emulator = await startInstagramEmulator()
    const url = 'http://127.0.0.1:9/hook'
    expect(await emulator.setCallback({ url, verifyToken: 'x', verify: false })).toMatchObject({ reason: '' })
    expect(emulator.getApp().callbackUrl).toBe(url)
    await expect(emulator.setCallback({ url: 'ftp://x', verifyToken: 'x' })).rejects.toThrow(/url/)
  })
})
