import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  answered,
  claimLeftovers,
  claimOne,
  type OpenStores,
  openChannel,
  openConversation,
  openWorkspace,
  outcomeOf,
  storesOf,
  times,
} from './stores.testing.ts'

const credentials = { token: '77:top-secret', webhookSecret: 'hook' }

/** What every store of channels promises. */
export function describeChannels(open: OpenStores) {
  const opened = storesOf(open)
  const botOf = (workspaceId: number, externalId: string, username = 'shop_bot') => ({
    ...{ workspaceId, source: 'telegram' as const, name: 'Bot', externalId, username },
    ...{ apiRoot: 'http://localhost:1', credentials },
  })

  it('keeps an account with its credentials, and lists it without them', async () => {
    const { channels } = opened().stores
    const { id: workspaceId } = await openWorkspace(opened().stores)
    const channel = await channels.create(botOf(workspaceId, randomUUID()))
    expect(channel).toMatchObject({ workspaceId, credentials, isConnect: true, stoppedReason: null })
    expect(await channels.findById(channel.id)).toEqual(channel)
    const listed = await channels.list([workspaceId])
    expect(listed).toMatchObject([{ id: channel.id, source: 'telegram', username: 'shop_bot' }])
    expect(JSON.stringify(listed)).not.toContain('secret')
    expect(await channels.list([workspaceId + 1_000_000])).toEqual([])
    expect(await channels.findById(999_999_999)).toBeNull()
  })

  it('keeps when a channel was last seen to work, and nothing else of it changes', async () => {
    const { channels } = opened().stores
    const { id: workspaceId } = await openWorkspace(opened().stores)
    const channel = await channels.create(botOf(workspaceId, randomUUID()))
    const provedAt = '2026-01-02T03:04:05.678Z'
    await channels.prove(channel.id, provedAt)
    expect(await channels.findById(channel.id)).toEqual({ ...channel, provedAt })
    await expect(channels.prove(999_999_999, provedAt)).resolves.toBeUndefined()
  })

  it('finds an account by its user name in any case, and takes nothing in it for a wildcard', async () => {
    const { channels } = opened().stores
    const { id: workspaceId } = await openWorkspace(opened().stores)
    const name = `shop_${randomUUID().slice(0, 8)}`
    const { id } = await channels.create(botOf(workspaceId, randomUUID(), name))
    expect(await channels.findByUsername('telegram', name)).toMatchObject({ id })
    expect(await channels.findByUsername('telegram', name.toUpperCase())).toMatchObject({ id })
    expect(await channels.findByUsername('telegram', name.replace('_', 'X'))).toBeNull()
    expect(await channels.findByUsername('instagram', name)).toBeNull()
  })

  it('finds an account by its number, exactly, and changes only what is named, in its own workspace', async () => {
    const { channels } = opened().stores
    const [{ id: workspaceId }, theirs] = [
      await openWorkspace(opened().stores),
      await openWorkspace(opened().stores),
    ]
    const externalId = randomUUID()
    const { id } = await channels.create({ ...botOf(workspaceId, externalId), settings: { colour: 'red' } })
    expect(await channels.findByExternalId('telegram', externalId)).toMatchObject({ id, provedAt: null })
    expect(await channels.findByExternalId('website', externalId)).toBeNull()
    const tokenExpiresAt = '2030-01-01T00:00:00.000Z'
    const changed = await channels.change([workspaceId], id, { name: 'New', tokenExpiresAt })
    expect(changed).toMatchObject({ name: 'New', tokenExpiresAt, settings: { colour: 'red' }, credentials })
    const secret = { ...credentials, identitySecret: 'i' }
    await channels.change([workspaceId], id, { credentials: secret, settings: {} })
    expect(await channels.findById(id)).toMatchObject({ name: 'New', settings: {}, credentials: secret })
    expect(await channels.change([theirs.id], id, { name: 'Stolen' })).toBeNull()
    expect(await channels.findById(id)).toMatchObject({ name: 'New' })
    expect(await channels.ofSource('telegram', { after: id - 1, limit: 1 })).toMatchObject([{ id }])
  })

  describe('an account that is connected', () => {
    it('is refused a second time, in whichever workspace and case, until it is removed', async () => {
      const { channels } = opened().stores
      const [mine, theirs] = [await openWorkspace(opened().stores), await openWorkspace(opened().stores)]
      const { id } = await channels.create(botOf(mine.id, `Account${mine.id}`))
      const again = (workspaceId: number) => channels.create(botOf(workspaceId, `ACCOUNT${mine.id}`))
      await expect(again(theirs.id)).rejects.toMatchObject({ code: 'conflict' })
      await expect(again(mine.id)).rejects.toMatchObject({ code: 'conflict' })
      await channels.remove([mine.id], id)
      expect(await again(theirs.id)).toMatchObject({ workspaceId: theirs.id })
    })

    it('is connected once where ten connect it at once', async () => {
      const { stores, elsewhere } = opened()
      const { id: workspaceId } = await openWorkspace(stores)
      const account = botOf(workspaceId, randomUUID())
      const nodes = [stores.channels, elsewhere.channels]
      const results = await Promise.allSettled(times(10, (index) => nodes[index % 2]?.create(account)))
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    })

    it('is removed by its own workspace alone, and then found by nobody', async () => {
      const { channels } = opened().stores
      const [mine, theirs] = [await openWorkspace(opened().stores), await openWorkspace(opened().stores)]
      const channel = await openChannel(opened().stores, mine.id)
      expect(await channels.remove([theirs.id], channel.id)).toBeNull()
      expect(await channels.findById(channel.id)).not.toBeNull()
      const removed = await channels.remove([mine.id], channel.id)
      expect(removed).toMatchObject({ credentials: channel.credentials, isConnect: false })
      expect(await channels.findById(channel.id)).toBeNull()
      expect(await channels.findByUsername('telegram', channel.username ?? '')).toBeNull()
      expect(await channels.list([mine.id])).toEqual([])
      expect(await channels.remove([mine.id], channel.id)).toBeNull()
    })

    it('shows why it was stopped, and goes on being found', async () => {
      const { channels } = opened().stores
      const { id: workspaceId } = await openWorkspace(opened().stores)
      const { id } = await openChannel(opened().stores, workspaceId)
      await channels.stop(id, 'The token was revoked')
      const stopped = { id, isConnect: false, stoppedReason: 'The token was revoked' }
      expect(await channels.list([workspaceId])).toMatchObject([stopped])
      expect(await channels.findById(id)).toMatchObject(stopped)
    })
  })

  describe('removing a channel', () => {
    beforeEach(() => claimLeftovers(opened().stores))

    it('fails what is queued for it and tells so in the log; what is under way may end, what ended stays', async () => {
      const { channels, journal, messages } = opened().stores
      const place = await openConversation(opened().stores)
      const write = async () => (await journal.appendMessage(answered(place))).message.id
      const [sent, sending, queued] = [await write(), await write(), await write()]
      await journal.append(outcomeOf(await claimOne(opened().stores)))
      const claimed = await claimOne(opened().stores)
      const { head } = await journal.position(place.workspace.id)
      await channels.remove([place.workspace.id], place.channel.id)
      const stateOf = async (id: string) => (await messages.find([place.workspace.id], id))?.delivery
      const failed = { state: 'failed', error: 'Telegram service not available' }
      expect(await stateOf(queued)).toMatchObject(failed)
      expect([await stateOf(sent), await stateOf(sending)]).toMatchObject([
        { state: 'sent' },
        { state: 'sending' },
      ])
      const { events } = await journal.read(place.workspace.id, head, 10)
      const result = { success: false, error: failed.error }
      expect(events).toMatchObject([
        { type: 'delivery.attempted', messageId: queued, delivery: failed, result },
      ])
      expect((await journal.append(outcomeOf(claimed))).event).toMatchObject({ delivery: { state: 'sent' } })
    })

    it('leaves its conversations', async () => {
      const { channels, conversations, journal } = opened().stores
      const place = await openConversation(opened().stores)
      await channels.remove([place.workspace.id], place.channel.id)
      const found = await conversations.find([place.workspace.id], place.conversation.id)
      expect(found).toMatchObject({ channelId: place.channel.id })
      const { message } = await journal.appendMessage(answered(place))
      expect(message.delivery).toMatchObject({ state: 'failed' })
    })
  })
}
