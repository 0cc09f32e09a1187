const MAX_BYTES = 200
const MAX_EXTENSION = 12
// A name may not turn the reading around, hide a part of itself or end a line. The joiners that Persian needs stay.
const REFUSED =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu

const EXTENSIONS: Record<string, readonly string[]> = {
  'image/jpeg': ['jpg', 'jpeg', 'jpe', 'jfif'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'image/gif': ['gif'],
  'audio/ogg': ['ogg', 'oga', 'opus'],
  'audio/mpeg': ['mp3'],
  'audio/mp4': ['m4a', 'mp4'],
  'audio/x-m4a': ['m4a'],
  'audio/wav': ['wav'],
  'video/mp4': ['mp4', 'm4v'],
  'video/webm': ['webm'],
  'application/pdf': ['pdf'],
}

const segments = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** A name as it may be shown and offered to be saved: one line without a path, at most 200 bytes, its ending kept. */
export function cleanFileName(given: string | null, mime: string): string {
  const last = (given ?? '').normalize('NFC').replace(REFUSED, '').split(/[/\\]/).at(-1) ?? ''
  const plain = last.replace(/\s+/g, ' ').replace(/^[. ]+|[. ]+$/g, '')
  const { stem, ending } = endingOf(plain)
  const [kept] = EXTENSIONS[mime] ?? []
  const fits = kept === undefined || EXTENSIONS[mime]?.includes(ending.slice(1).toLowerCase())
  const whole = fits ? { stem, ending } : { stem: plain, ending: `.${kept}` }
  return (
    cut(
      whole.stem || (mime.split('/')[0] ?? 'file').replace('application', 'file'),
      MAX_BYTES - bytes(whole.ending),
    ) + whole.ending
  )
}

function endingOf(name: string) {
  const found = /^(.+?)(\.[\p{L}\p{N}_-]+)$/u.exec(name)
  const [, stem = name, ending = ''] = found ?? []
  return ending.length <= MAX_EXTENSION ? { stem, ending } : { stem: name, ending: '' }
}

const bytes = (text: string): number => new TextEncoder().encode(text).length

function cut(text: string, max: number): string {
  if (bytes(text) <= max) return text
  let kept = ''
  let size = 0
  for (const { segment } of segments.segment(text)) {
    size += bytes(segment)
    if (size > max) break
    kept += segment
  }
  // A single cluster can be longer than all that fits.
  return (
    kept ||
    Array.from(text)
      .slice(0, Math.floor(max / 4))
      .join('')
  )
}
