import { expect, it } from 'vitest'
import { actAs, createTestCtx } from '../context.testing.ts'
import { MAX_VISITOR_UPLOADS } from './limits.ts'
import { sendAsVisitor } from './send.ts'
import { visitorHistory } from './thread.ts'
import { uploadAsVisitor } from './upload.ts'
import { asVisitor, openWebsite, visit } from './visitors.testing.ts'

async function open() {
  const { ctx } = createTestCtx()
  const anna = await actAs(ctx, 'anna')
  const site = await openWebsite(anna)
  const enter = async () => asVisitor(ctx, (await visit(ctx, site.siteKey)).token)
  return { ctx, anna, enter }
}

async function* bytesOf(text: string) {
  yield new TextEncoder().encode(text)
}
const upload = (visitor: Awaited<ReturnType<typeof asVisitor>>, name = 'list.txt') =>
  uploadAsVisitor(visitor, { name, bytes: bytesOf('one tea, two glasses') })

it('goes with a message of its visitor, with a word or without, and not twice', async () => {
  const { anna, enter } = await open()
  const visitor = await enter()
  const { id } = await upload(visitor)
  const { rows } = await anna.conversations.list(anna.actor.workspaceId, { view: 'all', limit: 10 })
  expect(rows).toEqual([])
  const { message } = await sendAsVisitor(visitor, { clientId: 'a', content: '', attachmentIds: [id] })
  expect(message.attachments).toMatchObject([{ id, name: 'list.txt', state: 'ready' }])
  expect((await visitorHistory(visitor, null)).messages).toHaveLength(1)
  const again = { clientId: 'b', content: 'again', attachmentIds: [id] }
  await expect(sendAsVisitor(visitor, again)).rejects.toMatchObject({
    code: expect.stringMatching(/conflict|not_found/),
  })
})

it('is nobody else’s to send', async () => {
  const { enter } = await open()
  const { id } = await upload(await enter())
  const theirs = { clientId: 'a', content: 'mine now', attachmentIds: [id] }
  await expect(sendAsVisitor(await enter(), theirs)).rejects.toMatchObject({ code: 'not_found' })
})

it('is refused where it is nothing, or one too many', async () => {
  const { enter } = await open()
  const visitor = await enter()
  const empty = { name: 'a', bytes: bytesOf('') }
  await expect(uploadAsVisitor(visitor, empty)).rejects.toMatchObject({ code: 'invalid_input' })
  for (let count = 1; count < MAX_VISITOR_UPLOADS; count++) await upload(visitor).catch(() => {})
  await expect(upload(visitor)).rejects.toMatchObject({ code: 'rate_limited' })
})
