import type { BubbleItem, ThreadItem } from './thread-items.ts'

/**
 * Neighbours of one album as one bubble: their files in the order in which they came, and the words of the one that has some.
 * What can be done with it is done with that one.
 */
export const gatherAlbums = (items: readonly ThreadItem[]): ThreadItem[] => {
  const gathered: ThreadItem[] = []
  for (const item of items) {
    const last = gathered.at(-1)
    const isOne = last?.kind === 'bubble' && item.kind === 'bubble' && isOneAlbum(last, item)
    if (isOne) gathered[gathered.length - 1] = joined(last, item)
    else gathered.push(item)
  }
  return gathered
}

const isOneAlbum = (a: BubbleItem, b: BubbleItem) =>
  a.extras?.album !== undefined &&
  a.extras.album === b.extras?.album &&
  a.by === b.by &&
  [a, b].every(({ isDeleted, attachments }) => !isDeleted && attachments.length > 0) &&
  // Only one of them may have words: whose they are would be lost otherwise.
  (a.content === '' || b.content === '')

const joined = (a: BubbleItem, b: BubbleItem): BubbleItem => {
  const spoken = a.content === '' ? b : a
  const reactions = [...(a.extras?.reactions ?? []), ...(b.extras?.reactions ?? [])]
  return {
    ...spoken,
    key: a.key,
    attachments: [...a.attachments, ...b.attachments],
    extras: { ...spoken.extras, ...(reactions.length > 0 && { reactions }) },
    quote: a.quote ?? b.quote,
    isEdited: a.isEdited || b.isEdited,
    standing: b.standing,
    at: b.at,
    memberIds: [...membersOf(a), ...membersOf(b)],
    startsGroup: a.startsGroup,
    endsGroup: b.endsGroup,
  }
}

const membersOf = ({ messageId, memberIds }: BubbleItem) =>
  memberIds ?? (messageId === null ? [] : [messageId])
