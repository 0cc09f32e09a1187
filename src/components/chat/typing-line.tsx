import { useTranslations } from 'next-intl'
import { displayLine } from '../ui/display-text.ts'

interface Typer {
  who: 'agent' | 'customer'
  id: number
  name: string
}

interface Props {
  typers: readonly Typer[]
  number: (value: number) => string
}

/** Who writes at this moment. Its place is always there, so nothing jumps when somebody begins. */
export const TypingLine = ({ typers, number }: Props) => {
  const t = useTranslations('chat.typing')
  const [first, second] = typers
  return (
    <div aria-live="off" className="mt-1.5 flex h-7 items-center gap-2 text-sm text-dim">
      {first && (
        <>
          <span aria-hidden className="flex gap-1">
            {[0, 1, 2].map((dot) => (
              <span
                key={dot}
                style={{ animationDelay: `${dot * 160}ms` }}
                className="size-1.25 animate-dot rounded-full bg-firuze"
              />
            ))}
          </span>
          <span className="one-line">
            {second
              ? t('many', { count: typers.length, shown: number(typers.length) })
              : t.rich('one', { name: displayLine(first.name), b: (name) => <bdi>{name}</bdi> })}
          </span>
        </>
      )}
    </div>
  )
}
