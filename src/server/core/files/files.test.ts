import sharp from 'sharp'
import { expect, it } from 'vitest'
import { CAPABILITIES } from '../../contract/capabilities.ts'
import { MAX_FILE_BYTES } from '../../contract/limits.ts'
import { openListed } from '../cast.testing.ts'
import { actAs, createTestCtx } from '../context.testing.ts'
import { deleteConversation } from '../conversations/delete.ts'
import { discardUpload } from './discard.ts'
import { listFileLinks, MAX_LIFE_MS, openFile, publicFileUrl } from './links.ts'
import { removeFiles, tidyFiles } from './remove-files.ts'
import { thumbKey } from './take-in.ts'
import { MAX_UNSENT, uploadAttachment } from './upload.ts'

const HOUR = 3_600_000

async function open() {
  const { ctx, clock, state } = createTestCtx()
  const anna = await actAs(ctx, 'anna')
  const { id: conversationId } = await openListed(anna)
  const upload = (bytes: Buffer, name: string | null = 'a.bin') =>
    uploadAttachment(anna, { conversationId, name, bytes: pieces(bytes) })
  return { ctx, clock, state, anna, conversationId, upload }
}

async function* pieces(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += 500) yield bytes.subarray(at, at + 500)
}

const jpeg = () =>
  sharp({ create: { width: 900, height: 600, channels: 3, background: 'red' } })
    .jpeg()
    .toBuffer()

const askedOf = (url: string) => {
  const { pathname, searchParams } = new URL(url, 'https://peyk.test')
  return {
    id: pathname.slice('/files/'.length),
    variant: searchParams.get('v') === 'thumb' ? ('thumb' as const) : ('full' as const),
    expires: Number(searchParams.get('e')),
    signature: searchParams.get('s') ?? '',
  }
}

it('takes a picture in, cleaned, with its measures and a small one beside it', async () => {
  const { ctx, upload } = await open()
  const attachment = await upload(await jpeg(), '../holiday\u202e.html')
  expect(attachment).toMatchObject({
    kind: 'image',
    name: 'holiday.html.jpg',
    mime: 'image/jpeg',
    width: 900,
    height: 600,
  })
  expect(attachment).toMatchObject({
    state: 'ready',
    hasThumb: true,
    size: await ctx.files.size(attachment.id),
  })
  expect(await ctx.files.size(thumbKey(attachment.id))).toBeGreaterThan(0)
})

it('takes anything else for what its bytes are', async () => {
  const { ctx, upload } = await open()
  const html = await upload(Buffer.from('<script>alert(1)</script>'), 'photo.jpg')
  expect(html).toMatchObject({
    kind: 'file',
    mime: 'application/octet-stream',
    width: null,
    hasThumb: false,
    size: 25,
  })
  expect(await ctx.files.size(html.id)).toBe(25)
})

it.each([
  ['nothing', async () => Buffer.alloc(0), 'invalid_input'],
  ['half a picture', async () => (await jpeg()).subarray(0, 300), 'invalid_input'],
  ['one byte too many', async () => Buffer.alloc(MAX_FILE_BYTES + 1), 'too_large'],
])('refuses %s, and keeps no row and no file of it', async (_, bytes, code) => {
  const { state, upload, ctx } = await open()
  await expect(upload(await bytes())).rejects.toMatchObject({ code })
  expect(state.attachments.size).toBe(0)
  for (const { key } of state.removals) expect(await ctx.files.size(key)).toBeNull()
})

it('keeps nothing of an upload that breaks off', async () => {
  const { anna, conversationId, state, ctx } = await open()
  async function* broken() {
    yield Buffer.from('half')
    throw new Error('the line was cut')
  }
  const uploading = uploadAttachment(anna, { conversationId, name: 'a', bytes: broken() })
  await expect(uploading).rejects.toMatchObject({ code: 'unavailable' })
  expect(state.attachments.size).toBe(0)
  for (const { key } of state.removals) expect(await ctx.files.size(key)).toBeNull()
})

it('takes nothing for a conversation of others, or one that is not there', async () => {
  const { ctx, conversationId, state } = await open()
  const omar = await actAs(ctx, 'omar')
  for (const id of [conversationId, 'nowhere', '../x']) {
    const uploading = uploadAttachment(omar, {
      conversationId: id,
      name: 'a',
      bytes: pieces(Buffer.from('x')),
    })
    await expect(uploading).rejects.toMatchObject({ code: 'not_found' })
  }
  expect(state.attachments.size).toBe(0)
})

it('lets nobody pile up what is never sent', async () => {
  const { anna, upload } = await open()
  for (let count = 0; count < MAX_UNSENT; count++) await upload(Buffer.from('x'))
  await expect(upload(Buffer.from('x'))).rejects.toMatchObject({ code: 'conflict' })
  const [first] = await anna.attachments.list(
    [anna.actor.workspaceId],
    [(await anna.attachments.find('x'))?.id ?? ''],
  )
  expect(first).toBeUndefined()
})

it('gives whoever uploaded it an address, and its colleagues one once it is sent', async () => {
  const { ctx, anna, upload } = await open()
  const { id } = await upload(await jpeg())
  const [link] = await listFileLinks(anna, { ids: [id] })
  expect(link).toMatchObject({ id, thumbUrl: expect.stringContaining('v=thumb') })
  for (const url of [link?.url ?? '', link?.thumbUrl ?? '', publicFileUrl(ctx, id)])
    expect(await openFile(ctx, askedOf(url))).toMatchObject({ id })
  const omar = await actAs(ctx, 'omar')
  const colleague = { ...omar, actor: { ...omar.actor, workspaceId: anna.actor.workspaceId } }
  for (const other of [omar, colleague]) expect(await listFileLinks(other, { ids: [id] })).toEqual([])
})

it('believes an address as it was signed, for an hour at the most', async () => {
  const { ctx, clock, anna, upload } = await open()
  const { id } = await upload(await jpeg())
  const other = await upload(Buffer.from('text'))
  const asked = askedOf((await listFileLinks(anna, { ids: [id] }))[0]?.url ?? '')
  expect(asked.expires - clock.now()).toBeLessThanOrEqual(MAX_LIFE_MS)
  const forged = [
    { ...asked, id: other.id },
    { ...asked, variant: 'thumb' as const },
    { ...asked, expires: asked.expires + 1 },
    { ...asked, signature: '' },
    { ...asked, signature: `${asked.signature.slice(0, -1)}x` },
    { ...asked, expires: Number.NaN },
  ]
  for (const one of forged) await expect(openFile(ctx, one)).rejects.toMatchObject({ code: 'not_found' })
  clock.advance(asked.expires - clock.now() - 1)
  expect(await openFile(ctx, asked)).toMatchObject({ id })
  clock.advance(1)
  await expect(openFile(ctx, asked)).rejects.toMatchObject({ code: 'not_found' })
})

it('has no small picture of what is none', async () => {
  const { ctx, anna, upload } = await open()
  const { id } = await upload(Buffer.from('text'))
  expect((await listFileLinks(anna, { ids: [id] }))[0]?.thumbUrl).toBeNull()
  await expect(openFile(ctx, askedOf(publicFileUrl(ctx, id, 'thumb')))).rejects.toMatchObject({
    code: 'not_found',
  })
})

it('removes a file with its row, and looks once more when nobody can be writing it', async () => {
  const { ctx, clock, anna, conversationId, upload, state } = await open()
  const { id } = await upload(await jpeg())
  await deleteConversation(anna, { conversationId })
  await removeFiles(ctx)
  expect([await ctx.files.size(id), await ctx.files.size(thumbKey(id))]).toEqual([null, null])
  // A writer that was not through when the row went.
  await ctx.files.put(id, pieces(Buffer.from('late')))
  clock.advance(HOUR + 1)
  await removeFiles(ctx)
  expect(await ctx.files.size(id)).toBeNull()
  expect(state.removals).toEqual([])
})

it('takes back what one uploaded oneself, and what nobody sent for a day', async () => {
  const { ctx, clock, anna, upload } = await open()
  const omar = await actAs(ctx, 'omar')
  const { id } = await upload(Buffer.from('one'))
  await expect(discardUpload(omar, { id })).rejects.toMatchObject({ code: 'not_found' })
  await discardUpload(anna, { id })
  const { id: forgotten } = await upload(Buffer.from('two'))
  clock.advance(23 * HOUR)
  await tidyFiles(ctx)
  expect(await ctx.files.size(forgotten)).toBe(3)
  clock.advance(HOUR + 1)
  await tidyFiles(ctx)
  for (const one of [id, forgotten]) expect(await ctx.files.size(one)).toBeNull()
})

it('takes nothing where the channel takes nothing', () => {
  expect(CAPABILITIES.unknown.media).toEqual({})
})
