import { splitLinks } from './links.ts'

/** A text with its addresses as links that give nothing away. */
export const LinkedText = ({ children }: { children: string }) => (
  <>
    {splitLinks(children).map((part, index) =>
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
  </>
)
