import { Eraser } from 'lucide-react'
import { useTranslations } from 'next-intl'

/** Where an answer would be written to somebody who is not known any more. `date`: when they were erased. */
export const ErasedNote = ({ date }: { date: string }) => {
  const t = useTranslations('chat.erasedNote')
  return (
    <div role="note" className="flex items-start gap-3 border-t border-line bg-hover px-5 py-4 text-sm">
      <Eraser aria-hidden size={18} strokeWidth={1.75} className="mt-0.5 shrink-0 text-dim" />
      <div>
        <p className="font-medium">{t('title', { date })}</p>
        <p className="text-dim">{t('text')}</p>
      </div>
    </div>
  )
}
