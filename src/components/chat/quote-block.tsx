import { useTranslations } from 'next-intl'
import { visibleText } from '../../server/contract/format.ts'
import { cx } from '../ui/cx.ts'
import { displayLine } from '../ui/display-text.ts'
import type { Quote } from './quote.ts'

/** Who said what is quoted, and the beginning of it: one edge, whatever language it is in. */
export const QuoteWords = ({ quote, hasName = true }: { quote: Quote; hasName?: boolean }) => {
  const t = useTranslations('chat.quote')
  return (
    <span className="flex min-w-0 flex-1 flex-col text-sm leading-5.5">
      {hasName && (
        <span className="one-line font-medium text-firuze-ink">
          <bdi>{quote.name && hasOwnName(quote) ? displayLine(quote.name) : t(quote.by)}</bdi>
        </span>
      )}
      <QuotedText quote={quote} />
    </span>
  )
}

const hasOwnName = ({ by }: Quote) => by === 'team' || by === 'customer'

const QuotedText = ({ quote }: { quote: Quote }) => {
  const t = useTranslations('chat')
  const isOurs = quote.by !== 'customer'
  const text = displayLine(isOurs ? visibleText(quote.text) : quote.text)
  if (!quote.isGone && text !== '') {
    return (
      <span dir="auto" className="ui-start line-clamp-2 wrap-anywhere text-dim">
        {text}
      </span>
    )
  }
  const named = quote.kind === null || quote.kind === 'text' ? t('quote.unknown') : t(`kind.${quote.kind}`)
  return (
    <span className={cx('one-line text-dim', quote.isGone && 'italic')}>
      {quote.isGone ? t('quote.gone') : named}
    </span>
  )
}

interface Props {
  quote: Quote
  /** Shows the original; without it the quote only stands there. */
  onJump?: ((messageId: string) => void) | undefined
}

/** What a message answers, above its own words. A click leads to it. */
export const QuoteBlock = ({ quote, onJump }: Props) => {
  const t = useTranslations('chat.quote')
  const { messageId } = quote
  const look = 'mt-0.5 mb-1 flex w-full min-w-0 border-s-[3px] border-firuze ps-2.5 text-start'
  if (messageId === null || !onJump) {
    return (
      <div className={look}>
        <QuoteWords quote={quote} />
      </div>
    )
  }
  return (
    <button
      type="button"
      title={t('jump')}
      onClick={() => onJump(messageId)}
      className={cx(look, 'touch rounded-e-md transition-colors duration-120 hover:bg-press/60')}
    >
      <span className="sr-only">{t('jump')}</span>
      <QuoteWords quote={quote} />
    </button>
  )
}
