import { memo } from 'react'
import { isFormatted } from '../../server/contract/format.ts'
import { displayText, ownDirection } from '../ui/display-text.ts'
import { FormattedText } from './formatted-text.tsx'
import { PlainWords } from './plain-words.tsx'

interface Props {
  children: string
  /** Pairs of allowed tags are formatting; else they are as literal as everything. */
  hasFormats?: boolean | undefined
}

/** Somebody's words: each paragraph in its own direction, addresses as links. */
export const RichText = memo(({ children, hasFormats = false }: Props) => {
  const text = displayText(children)
  return (
    <p
      dir={ownDirection(text)}
      className={ownDirection(text) ? 'prose-plain' : 'whitespace-pre-wrap wrap-anywhere'}
    >
      {hasFormats && isFormatted(text) ? (
        <FormattedText>{text}</FormattedText>
      ) : (
        <PlainWords>{text}</PlainWords>
      )}
    </p>
  )
})
RichText.displayName = 'RichText'
