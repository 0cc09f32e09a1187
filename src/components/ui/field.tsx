import { CircleAlert } from 'lucide-react'
import { type ComponentProps, type ReactNode, useId } from 'react'
import { cx } from './cx.ts'

interface Props extends ComponentProps<'input'> {
  label: string
  /** Said below the input until there is an error. */
  help?: ReactNode
  /** What is wrong and what to do, in a sentence. */
  error?: string | null | undefined
  /** Something to stand at the end of the input, such as a button that shows the password. */
  end?: ReactNode
  /** Values that read left to right in every language: addresses, tokens, passwords. */
  ltr?: boolean
}

/** The looks of whatever text is written into. */
export const INPUT = cx(
  'w-full min-w-0 rounded-control border bg-surface px-3 text-base text-ink outline-none',
  'transition-[border-color,box-shadow] duration-120 placeholder:text-faint coarse:text-lg',
  'focus-visible:border-firuze focus-visible:shadow-[0_0_0_3px_color-mix(in_oklab,var(--firuze)_22%,transparent)]',
  'disabled:bg-hover disabled:text-dim',
)

export const WRONG = cx(
  'border-anar focus-visible:border-anar!',
  'focus-visible:shadow-[0_0_0_3px_color-mix(in_oklab,var(--anar)_20%,transparent)]!',
)

/** Words decide their own direction; an empty input keeps the interface's, so that its placeholder stands where it begins. */
export const autoDir = (value: ComponentProps<'input'>['value']) => (value === '' ? undefined : 'auto')

/** A labelled input whose help and error are tied to it. */
export const Field = ({ label, help, error, end, ltr = false, className, ...input }: Props) => {
  const id = useId()
  const note = error ?? help
  return (
    <div className={cx('grid gap-1.5', className)}>
      <label htmlFor={input.id ?? id} className="text-sm font-medium text-dim">
        {label}
      </label>
      {/* The end of the input is where its own text ends, not where the page does. */}
      <div className="relative" dir={ltr ? 'ltr' : undefined}>
        <input
          dir={ltr ? 'ltr' : autoDir(input.value)}
          {...input}
          id={input.id ?? id}
          aria-invalid={error ? true : undefined}
          aria-describedby={note ? `${id}-note` : undefined}
          className={cx(INPUT, 'h-10 coarse:h-11', error ? WRONG : 'border-edge/60', end ? 'pe-11' : '')}
        />
        {end && <div className="absolute inset-y-0 inset-e-1 flex items-center">{end}</div>}
      </div>
      <FieldNote id={`${id}-note`} help={help} error={error} />
    </div>
  )
}

/** The help or the error under an input. */
export const FieldNote = ({
  id,
  help,
  error,
}: {
  id: string
  help?: ReactNode
  error?: string | null | undefined
}) => {
  if (!error && !help) return null
  if (!error) {
    return (
      <p id={id} className="text-xs text-dim">
        {help}
      </p>
    )
  }
  return (
    <p id={id} role="alert" className="flex items-start gap-1.5 text-sm text-anar-ink">
      <CircleAlert aria-hidden size={15} className="mt-1 shrink-0" />
      <span>{error}</span>
    </p>
  )
}
