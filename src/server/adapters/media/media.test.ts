import sharp from 'sharp'
import { expect, it } from 'vitest'
import { createMedia } from './media.ts'

const media = createMedia()
const red = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: 'red' } })

async function* once(bytes: Uint8Array) {
  yield bytes
}

const clean = (bytes: Uint8Array, mime: string) => media.clean(once(bytes), mime)

const PLACE = { IFD0: { Copyright: 'Kim' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' } }

/** Three pictures, one after another. */
const frames = () => {
  const pixels = Buffer.concat([0, 128, 255].map((level) => Buffer.alloc(40 * 30 * 3, level)))
  return sharp(pixels, { raw: { width: 40, height: 90, channels: 3, pageHeight: 30 } })
}

it.each(['jpeg', 'png', 'webp'] as const)(
  'leaves nothing of a %s but the picture, upright',
  async (format) => {
    const given = await red(80, 60)
      .withMetadata({ orientation: 6, exif: PLACE, icc: 'p3' })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>')
      .toFormat(format)
      .toBuffer()
    expect((await sharp(given).metadata()).exif).toBeDefined()
    const picture = await clean(given, `image/${format}`)
    expect(picture).toMatchObject({ mime: `image/${format}`, width: 60, height: 80, isAnimated: false })
    for (const bytes of [picture.bytes, picture.thumb]) {
      const { exif, icc, xmp, iptc, orientation } = await sharp(bytes).metadata()
      expect([exif, icc, xmp, iptc, orientation]).toEqual([
        undefined,
        undefined,
        undefined,
        undefined,
        undefined,
      ])
    }
  },
)

it('makes a small picture of a large one, and none larger than it is', async () => {
  const large = await sharp(
    (await clean(await red(2_000, 1_000).jpeg().toBuffer(), 'image/jpeg')).thumb,
  ).metadata()
  expect(large).toMatchObject({ format: 'webp', width: 480, height: 240 })
  const small = await sharp((await clean(await red(20, 10).jpeg().toBuffer(), 'image/jpeg')).thumb).metadata()
  expect(small).toMatchObject({ width: 20, height: 10 })
})

it.each(['gif', 'webp'] as const)('keeps what moves in a %s, and makes a still of it', async (format) => {
  const given = await frames().toFormat(format).toBuffer()
  const picture = await clean(given, `image/${format}`)
  expect(picture).toMatchObject({ width: 40, height: 30, isAnimated: true })
  expect((await sharp(picture.bytes).metadata()).pages).toBe(3)
  expect((await sharp(picture.thumb).metadata()).pages ?? 1).toBe(1)
})

it('opens no picture of more pixels than it may, however small its file', async () => {
  const bomb = await sharp({ create: { width: 9_000, height: 9_000, channels: 3, background: 'red' } })
    .png()
    .toBuffer()
  expect(bomb.length).toBeLessThan(2_000_000)
  await expect(clean(bomb, 'image/png')).rejects.toMatchObject({ code: 'too_large' })
})

it.each([
  ['half a picture', async () => (await red(200, 200).jpeg().toBuffer()).subarray(0, 400)],
  [
    'a drawing that says it is a picture',
    async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
  ],
  ['nothing', async () => Buffer.alloc(0)],
  ['noise', async () => Buffer.from('\x89PNG\r\n\x1a\n and then nothing')],
])('refuses %s', async (_, bytes) => {
  await expect(clean(await bytes(), 'image/png')).rejects.toMatchObject({ code: 'invalid_input' })
})

it('says what a file is by its bytes, and nothing of what could run', async () => {
  const known = {
    'image/jpeg': await red(9, 9).jpeg().toBuffer(),
    'application/pdf': Buffer.from('%PDF-1.7\n%'),
  }
  for (const [mime, bytes] of Object.entries(known)) expect(await media.sniff(bytes)).toBe(mime)
  for (const text of [
    '<!DOCTYPE html><script>1</script>',
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'hello',
    '',
  ])
    expect(await media.sniff(Buffer.from(text))).toBeNull()
  expect(['image/svg+xml', 'image/heic', 'application/pdf'].map(media.isPicture)).toEqual([
    false,
    false,
    false,
  ])
})
