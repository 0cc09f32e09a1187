import type { FilePart } from '../../core/ports/files.ts'

/** The one part that is asked for: null for all of it, `none` where there is no such part. Several parts are answered by all. */
export function partOf(header: string | undefined, size: number): FilePart | null | 'none' {
  const found = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '')
  if (!found) return null
  const [, from = '', to = ''] = found
  if (from === '' && to === '') return null
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from)
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (from !== '' && to !== '' && Number(to) < Number(from)) return null
  return start > end ? 'none' : { start, end }
}
