import { type ComponentProps, type ReactNode, useId } from 'react'
import { cx } from './cx.ts'
import { autoDir, FieldNote, INPUT, WRONG } from './field.tsx'

interface Props extends ComponentProps<'textarea'> {
  label: string
  help?: ReactNode
  error?: string | null | undefined
}

/** A labelled input of several lines whose help and error are tied to it. */
export const TextArea = ({ label, help, error, className, ...input }: Props) => {
  const id = useId()
  return (
    <div className={cx('grid gap-1.5', className)}>
      <label htmlFor={id} className="text-sm font-medium text-dim">
        {label}
      </label>
      <textarea
        dir={autoDir(input.value)}
        {...input}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={error || help ? `${id}-note` : undefined}
        className={cx(INPUT, 'block resize-y py-2', error ? WRONG : 'border-edge/60')}
      />
      <FieldNote id={`${id}-note`} help={help} error={error} />
    </div>
  )
}
