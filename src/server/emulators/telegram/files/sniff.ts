const SIGNATURES: ReadonlyArray<readonly [mime: string, offset: number, bytes: string]> = [
  ['image/jpeg', 0, '\xff\xd8\xff'],
  ['image/png', 0, '\x89PNG\r\n\x1a\n'],
  ['image/gif', 0, 'GIF8'],
  ['image/webp', 8, 'WEBP'],
  ['application/pdf', 0, '%PDF-'],
  ['audio/ogg', 0, 'OggS'],
  ['audio/mpeg', 0, 'ID3'],
  ['audio/mpeg', 0, '\xff\xfb'],
  ['audio/mpeg', 0, '\xff\xf3'],
  ['audio/mp4', 4, 'ftypM4A'],
  ['video/quicktime', 4, 'ftypqt'],
  ['video/mp4', 4, 'ftyp'],
  ['video/webm', 0, '\x1a\x45\xdf\xa3'],
]

/** What the bytes say that they are, or null. */
export function sniffMime(bytes: Buffer): string | null {
  const start = bytes.toString('latin1', 0, 24)
  const found = SIGNATURES.find(([, offset, signature]) => start.startsWith(signature, offset))
  return found?.[0] ?? null
}
