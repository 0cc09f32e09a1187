import { memo } from 'react'
import { displayText } from './display-text.ts'
import { splitLinks } from './links.ts'

/** Somebody's words: each paragraph in its own direction, addresses as links that give nothing away. */
export const RichText = memo(({ children }: { children: string }) => (
  <p dir="auto" className="prose-plain">
    {splitLinks(displayText(children)).map((part, index) =>
      part.kind === 'text' ? (
        part.text
      ) : (
        <a
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change places.
          key={index}
          href={part.href}
          target="_blank"
          rel="noopener noreferrer nofollow"
          className="ltr text-firuze-ink underline decoration-firuze/40 underline-offset-3 hover:decoration-current"
        >
          {part.text}
        </a>
      ),
    )}
  </p>
))
RichText.displayName = 'RichText'
