import { createHmac } from 'node:crypto'
import { SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { join } from '../cast.testing.ts'
import { actAs, createTestCtx } from '../context.testing.ts'
import { sendMessage } from '../messages/send.ts'
import { changeWebsite } from '../websites/change.ts'
import { rotateIdentitySecret, showIdentitySecret } from '../websites/identity.ts'
import { MAX_SESSIONS_PER_ADDRESS } from './limits.ts'
import { markSeen } from './seen.ts'
import { sendAsVisitor } from './send.ts'
import { visitorHistory, visitorMissed } from './thread.ts'
import { asVisitor, openWebsite, SHOP, visit } from './visitors.testing.ts'

async function open(settings: Parameters<typeof openWebsite>[1] = {}) {
  const test = createTestCtx()
  const anna = await actAs(test.ctx, 'anna')
  const site = await openWebsite(anna, settings)
  const { secret } = await showIdentitySecret(anna, { channelId: site.id })
  const now = () => Math.floor(test.clock.now() / 1_000)
  const prove = (sub: string, key = secret) =>
    new SignJWT({ sub, name: 'Kim', email: 'kim@example.com', exp: now() + 3_600 })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(Buffer.from(key))
  const say = async (token: string, content: string, clientId = test.ctx.ids.uuid()) =>
    sendAsVisitor(await asVisitor(test.ctx, token), { clientId, content })
  return { ...test, anna, site, secret, prove, say, key: site.siteKey }
}

const contentsOf = async (visitor: Awaited<ReturnType<typeof asVisitor>>) =>
  (await visitorHistory(visitor, null)).messages.map(({ content }) => content)

describe('a website', () => {
  it('is changed by owners and admins of its workspace alone, and says so in the audit log', async () => {
    const { ctx, anna, site } = await open()
    const amir = (await join(anna, 'amir')).as
    const omid = await actAs(ctx, 'omid')
    const change = { channelId: site.id, name: 'Shop 2', settings: { ...site.settings, accent: '#aa0000' } }
    await expect(changeWebsite(amir, change)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(changeWebsite(omid, change)).rejects.toMatchObject({ code: 'not_found' })
    await expect(showIdentitySecret(amir, { channelId: site.id })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(rotateIdentitySecret(omid, { channelId: site.id })).rejects.toMatchObject({
      code: 'not_found',
    })
    expect(await changeWebsite(anna, change)).toMatchObject({ name: 'Shop 2', siteKey: site.siteKey })
    const entries = await ctx.audit.list(anna.actor.workspaceId, { limit: 1 })
    expect(entries[0]).toMatchObject({
      action: 'channel.changed',
      before: { name: 'Shop', accent: site.settings.accent },
      after: { name: 'Shop 2', accent: '#aa0000' },
    })
  })
})

describe('a visitor’s session', () => {
  it('is opened for pages of the website’s own origins, to the letter', async () => {
    const { ctx, key } = await open()
    expect(await visit(ctx, key)).toMatchObject({ has_conversation: false, unread: 0, is_identified: false })
    for (const origin of [`${SHOP}.evil.example`, `${SHOP}:8443`, 'http://shop.example', 'null', undefined])
      await expect(visit(ctx, key, {}, { origin })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(visit(ctx, 'nobodys-key')).rejects.toMatchObject({ code: 'not_found' })
  })

  it('brings a visitor back to what was said, and nobody else', async () => {
    const { ctx, key, say } = await open()
    const first = await visit(ctx, key)
    await say(first.token, 'Is the blue one there?')
    const back = await visit(ctx, key, { visitor: first.visitor })
    expect(back.has_conversation).toBe(true)
    expect(await contentsOf(await asVisitor(ctx, back.token))).toEqual(['Is the blue one there?'])
    const [id = ''] = (first.visitor ?? '').split('.')
    for (const guess of [id, `${id}.`, `${id}.${'A'.repeat(43)}`, 'visitor:1']) {
      const stranger = await visit(ctx, key, { visitor: guess })
      expect(stranger.has_conversation).toBe(false)
      expect(await contentsOf(await asVisitor(ctx, stranger.token))).toEqual([])
    }
  })

  it('does not bring a visitor of one website back on another', async () => {
    const { ctx, anna, key, say } = await open()
    const first = await visit(ctx, key)
    await say(first.token, 'hello')
    const other = await openWebsite(anna)
    expect(await visit(ctx, other.siteKey, { visitor: first.visitor })).toMatchObject({
      has_conversation: false,
    })
  })

  it('is somebody’s whom the site proves, by a token or a keyed digest, on any device', async () => {
    const { ctx, key, prove, say, secret } = await open()
    const { token } = await visit(ctx, key, { identity: { token: await prove('4') } })
    const { conversation } = await say(token, 'my order')
    expect(await ctx.visitors.find({ ...(await asVisitor(ctx, token)).actor })).toMatchObject({
      name: 'Kim',
      email: 'kim@example.com',
      conversationId: conversation.id,
    })
    const hmac = createHmac('sha256', secret).update('4').digest('hex')
    const elsewhere = await visit(ctx, key, { identity: { user_id: '4', hmac } })
    expect(elsewhere).toMatchObject({ is_identified: true, has_conversation: true, visitor: null })
  })

  it('is refused to whoever forges somebody, also where nobody has to be proved', async () => {
    const { ctx, anna, site, key, prove } = await open()
    const forged = { identity: { token: await prove('4', 'a-secret-of-somebody-else-entirely') } }
    await expect(visit(ctx, key, forged)).rejects.toMatchObject({ code: 'forbidden' })
    const digest = { identity: { user_id: '4', hmac: '0'.repeat(64) } }
    await expect(visit(ctx, key, digest)).rejects.toMatchObject({ code: 'forbidden' })
    const old = { identity: { token: await prove('4') } }
    await rotateIdentitySecret(anna, { channelId: site.id })
    await expect(visit(ctx, key, old)).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('is refused to whoever is not proved, where the website wants that', async () => {
    const { ctx, key, prove } = await open({ isIdentityEnforced: true })
    await expect(visit(ctx, key)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await visit(ctx, key, { identity: { token: await prove('4') } })).toMatchObject({
      is_identified: true,
    })
  })

  it('makes what was said before one’s own, once, and takes it from the browser', async () => {
    const { ctx, key, prove, say } = await open()
    const before = await visit(ctx, key)
    await say(before.token, 'a question')
    const identity = { token: await prove('4') }
    const known = await visit(ctx, key, { visitor: before.visitor, identity })
    expect(await contentsOf(await asVisitor(ctx, known.token))).toEqual(['a question'])
    const again = await visit(ctx, key, { visitor: before.visitor })
    expect(again.has_conversation).toBe(false)
    await say(again.token, 'somebody else at this desk')
    const back = await visit(ctx, key, { visitor: again.visitor, identity })
    expect(await contentsOf(await asVisitor(ctx, back.token))).toEqual(['a question'])
  })

  it('is refused after too many from one address', async () => {
    const { ctx, key } = await open()
    for (let count = 0; count < MAX_SESSIONS_PER_ADDRESS; count++) await visit(ctx, key)
    await expect(visit(ctx, key)).rejects.toMatchObject({ code: 'rate_limited' })
    expect(await visit(ctx, key, {}, { address: '203.0.113.8' })).toMatchObject({ unread: 0 })
  })
})

describe('what a visitor says', () => {
  it('makes one conversation, however many windows say it first at once', async () => {
    const { ctx, anna, key, say } = await open()
    const { token } = await visit(ctx, key)
    await Promise.all(Array.from({ length: 20 }, (_, index) => say(token, `line ${index}`)))
    const { rows } = await anna.conversations.list(anna.actor.workspaceId, { view: 'all', limit: 10 })
    expect(rows).toMatchObject([{ source: 'website', lastSeq: 20, unreadCount: 20 }])
  })

  it('is one message under one client id', async () => {
    const { ctx, key, say } = await open()
    const { token } = await visit(ctx, key)
    const [one, two] = [await say(token, 'hello', 'a'), await say(token, 'hello', 'a')]
    expect([two.repeated, two.message.id]).toEqual([true, one.message.id])
  })

  it('is refused where it is nothing, too long or too much, and where the website is gone', async () => {
    const { ctx, anna, site, key, say } = await open()
    const { token } = await visit(ctx, key)
    for (const content of ['', '  \n', 'x'.repeat(10_001), 'a\0b'])
      await expect(say(token, content)).rejects.toMatchObject({ code: 'invalid_input' })
    await ctx.channels.remove([anna.actor.workspaceId], site.id)
    await expect(say(token, 'hello')).rejects.toMatchObject({ code: 'not_found' })
  })

  it('is held where it looks like spam: they see no refusal, and the history shows it to nobody', async () => {
    const { ctx, anna, key } = await open()
    const guarded = {
      ...ctx,
      settings: { ...ctx.settings, limits: { ...ctx.settings.limits, isSpamChecked: true } },
    }
    const visitor = await asVisitor(guarded, (await visit(ctx, key)).token)
    const content =
      'FREE MONEY!!! Click here to claim your prize http://bit.ly/x http://bit.ly/y — work from home, casino bonus, act now'
    const { message } = await sendAsVisitor(visitor, { clientId: 'a', content })
    expect(message.content).toBe(content)
    expect(await contentsOf(visitor)).toEqual([])
    expect((await anna.conversations.list(anna.actor.workspaceId, { view: 'all', limit: 10 })).rows).toEqual(
      [],
    )
  })
})

it('what an answer has been seen of is told, and counts as read no more', async () => {
  const { ctx, anna, key, say } = await open()
  const session = await visit(ctx, key)
  const { conversation } = await say(session.token, 'hello')
  const answer = { conversationId: conversation.id, type: 'support' as const, clientId: null }
  await sendMessage(anna, { ...answer, content: 'Good day' })
  const visitor = await asVisitor(ctx, session.token)
  expect((await visit(ctx, key, { visitor: session.visitor })).unread).toBe(1)
  await markSeen(visitor, 2)
  expect((await visit(ctx, key, { visitor: session.visitor })).unread).toBe(0)
  expect(await anna.conversations.find([anna.actor.workspaceId], conversation.id)).toMatchObject({
    seenSeq: 2,
  })
  expect((await visitorMissed(visitor, 1))?.map(({ content }) => content)).toEqual(['Good day'])
})
