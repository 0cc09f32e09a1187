import type { useTranslations } from 'next-intl'
import { visibleText } from '../../server/contract/format.ts'
import { displayLine, isolated } from '../ui/display-text.ts'
import { isTrouble } from './delivery.ts'
import { namedKind } from './said.ts'
import type { BubbleItem } from './thread-items.ts'

type Words = ReturnType<typeof useTranslations<'chat'>>

/** So much of a message tells which one it is. */
const MAX_SAID = 80

/** What a message is called where it is not seen: who, when, and how it begins. */
export const rowName = (bubble: BubbleItem, t: Words, time: string): string => {
  const { standing } = bubble
  const fate = standing && isTrouble(standing) ? 'rowFailed' : 'row'
  return t(fate, { who: whoOf(bubble, t), time, said: shortened(saidOf(bubble, t)) })
}

const whoOf = ({ by, authorName }: BubbleItem, t: Words): string => {
  if (by === 'colleague') return authorName === null ? t('quote.team') : isolated(authorName)
  return t(`quote.${by}`)
}

const saidOf = (bubble: BubbleItem, t: Words): string => {
  const { by, content, isDeleted, isErased } = bubble
  if (isErased) return t('erased')
  if (isDeleted) return t(by === 'customer' ? 'removed.customer' : 'removed.ours')
  return displayLine(by === 'customer' ? content : visibleText(content)) || kindOf(bubble, t)
}

/** What stands for the words where there are none. */
const kindOf = ({ extras, contentKind }: BubbleItem, t: Words): string => {
  const { place, contact, story, share, placeholder } = extras ?? {}
  if (place) return displayLine(place.title) || t('place.title')
  if (contact) return displayLine(contact.name) || t('contact.nameless')
  if (story) return t(`story.${story}`)
  if (share) return t(`share.${share.kind}`)
  if (placeholder === undefined) return contentKind === 'text' ? t('kind.file') : t(`kind.${contentKind}`)
  const kind = namedKind(placeholder)
  return t(`placeholder.${kind === 'other' ? 'none' : kind}`)
}

const shortened = (text: string): string => {
  if (text.length <= MAX_SAID) return isolated(text)
  return isolated(`${Array.from(text.slice(0, MAX_SAID)).slice(0, -1).join('')}…`)
}
