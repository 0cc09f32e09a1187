import { expect, it } from 'vitest'
import { formatPosition } from '../contract/ids.ts'
import { MAX_RESUME_EVENTS } from '../contract/limits.ts'
import { actAs, createTestCtx, openConversation } from './context.testing.ts'
import type { MemberCtx } from './context.ts'
import { subscribeEvents } from './live/subscribe.ts'
import { sendMessage } from './messages/send.ts'

/** A log in which a conversation's events stand that is gone. */
async function open() {
  const test = createTestCtx()
  const anna = await actAs(test.ctx, 'anna')
  const [gone, stays] = [await openConversation(anna), await openConversation(anna)]
  const say = (ctx: MemberCtx, id: string) =>
    sendMessage(ctx, { conversationId: id, content: 'x', type: 'support', clientId: null })
  const forget = () =>
    test.ctx.journal.amend({
      kind: 'delete',
      workspaceIds: [anna.actor.workspaceId],
      conversationId: gone.id,
    })
  const silent = { ...anna, feed: { publish: () => {}, listen: anna.feed.listen.bind(anna.feed) } }
  return { ...test, anna, silent, gone, stays, say, forget }
}

it('heals a hole that is longer than a page and holds events of what is gone', async () => {
  const { ctx, feed, anna, gone, stays, silent, say, forget } = await open()
  const seqs: number[] = []
  await feed.listen(anna.actor.workspaceId, 0, ({ seq }) => seqs.push(seq))
  await say(silent, gone.id)
  await forget()
  for (let index = 0; index < 700; index++) await say(silent, stays.id)
  await say(anna, stays.id)
  const { head } = await ctx.journal.position(anna.actor.workspaceId)
  await expect.poll(() => seqs.at(-1)).toBe(head)
  const ofTheGone = 2
  expect(seqs).toHaveLength(head - ofTheGone)
})

it('tells a reader to start again, where more was missed than is replayed, also with events of what is gone', async () => {
  const { ctx, anna, gone, stays, say, forget } = await open()
  await say(anna, gone.id)
  await forget()
  for (let index = 0; index < MAX_RESUME_EVENTS; index++) await say(anna, stays.id)
  const { epoch } = await ctx.journal.position(anna.actor.workspaceId)
  const events = subscribeEvents(anna, { after: formatPosition(epoch, 0), signal: undefined })
  expect((await events.next()).value?.item.kind).toBe('reset')
  await events.return(undefined)
})
