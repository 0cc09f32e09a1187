import { Pencil, Reply, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { IconButton } from '../ui/icon-button.tsx'
import type { Quote } from './quote.ts'
import { QuoteWords } from './quote-block.tsx'

interface Props {
  kind: 'reply' | 'edit'
  quote: Quote
  onCancel: () => void
}

/** Above what is written: which message it answers or replaces, and the way out of that. */
export const ComposeBar = ({ kind, quote, onCancel }: Props) => {
  const t = useTranslations('chat.composer')
  const Icon = kind === 'edit' ? Pencil : Reply
  return (
    <section
      aria-label={t(kind === 'edit' ? 'editing' : 'replying')}
      className="mb-1.5 flex items-center gap-2.5 px-1"
    >
      <Icon aria-hidden size={17} className="mirror shrink-0 text-firuze-ink" />
      <div className="flex min-w-0 flex-1 flex-col border-s-[3px] border-firuze ps-2.5">
        {kind === 'edit' && <span className="text-sm font-medium text-firuze-ink">{t('editing')}</span>}
        <QuoteWords quote={quote} hasName={kind === 'reply'} />
      </div>
      <IconButton label={t(kind === 'edit' ? 'cancelEdit' : 'cancelReply')} hint="Esc" onClick={onCancel}>
        <X aria-hidden size={17} />
      </IconButton>
    </section>
  )
}
