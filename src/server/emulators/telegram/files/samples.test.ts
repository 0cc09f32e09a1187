import { fileTypeFromBuffer } from 'file-type'
import { describe, expect, it } from 'vitest'
import { SAMPLES } from './samples.ts'

describe('the samples', () => {
  it.each(Object.entries(SAMPLES))('%s is what it says', async (_name, { base64, mime }) => {
    const sniffed = await fileTypeFromBuffer(Buffer.from(base64, 'base64'))
    expect(sniffed?.mime.split(';')[0]).toBe(mime)
  })
})
