import { describe, expect, it } from 'vitest'
import { HOUR, NOON, startOpen } from './sending.testing.ts'

const TAG = { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' }

describe('the window of 24 hours', () => {
  it('is open for whoever wrote before the emulator began, as long as they did today', async () => {
    await using cast = await startOpen({ frozenAtMs: NOON })
    const { accountId, igsid } = cast.sara
    cast.emulator.setThread({ accountId, igsid, heardAtMs: NOON - 25 * HOUR })
    expect((await cast.send(cast.sara, 'late')).body.error).toMatchObject({ error_subcode: 2534022 })
    cast.emulator.setThread({ accountId, igsid, heardAtMs: NOON - HOUR })
    expect((await cast.send(cast.sara, 'in time')).status).toBe(200)
  })

  it('is open for a day after the customer’s last word, and any word opens it again', async () => {
    await using cast = await startOpen({ frozenAtMs: NOON })
    cast.emulator.travel(24 * HOUR - 1)
    expect((await cast.send(cast.kim, 'in time')).status).toBe(200)
    cast.emulator.travel(1)
    const late = await cast.send(cast.kim, 'late')
    expect(late.status).toBe(400)
    expect(late.body.error).toMatchObject({ code: 10, error_subcode: 2534022 })
    cast.write(cast.kim, 'still here')
    expect((await cast.send(cast.kim, 'good')).status).toBe(200)
  })

  it('is seven days long for a person with the tag, and no longer', async () => {
    await using cast = await startOpen({ frozenAtMs: NOON })
    cast.emulator.travel(7 * 24 * HOUR - 1)
    expect((await cast.send(cast.kim, 'human', TAG)).status).toBe(200)
    expect(cast.sent()).toMatchObject([{ tagged: true }])
    cast.emulator.travel(1)
    expect((await cast.send(cast.kim, 'late', TAG)).body.error).toMatchObject({ error_subcode: 2534022 })
  })

  it('is not lengthened for an app without the feature', async () => {
    await using cast = await startOpen({ frozenAtMs: NOON })
    cast.emulator.changeAccount({ accountId: cast.shop.id, humanAgent: false })
    cast.emulator.travel(25 * HOUR)
    expect((await cast.send(cast.kim, 'x', TAG)).body.error).toMatchObject({ code: 10 })
  })

  it('is closed to whoever has never written', async () => {
    await using cast = await startOpen()
    expect((await cast.send(cast.sara, 'first!')).body.error).toMatchObject({ error_subcode: 2534022 })
  })
})
