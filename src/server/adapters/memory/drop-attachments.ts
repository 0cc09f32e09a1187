import type { AttachmentRow } from './rows.ts'
import type { MemoryState } from './state.ts'

/** Removes rows and notes that their files are to go; answers how many. */
export function dropAttachments(state: MemoryState, isGone: (row: AttachmentRow) => boolean): number {
  const gone = [...state.attachments.values()].filter(isGone)
  for (const { id: key } of gone) {
    state.attachments.delete(key)
    state.removals.push({ id: String(state.nextId()), key, createdAt: state.now(), isRemoved: false })
  }
  return gone.length
}
