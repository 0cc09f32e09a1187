import type { ComponentProps } from 'react'
import { cx } from './cx.ts'
import { Spinner } from './spinner.tsx'

export type ButtonTone = 'primary' | 'strong' | 'plain' | 'quiet' | 'danger'
export type ButtonSize = 'sm' | 'md' | 'lg'

const TONES: Record<ButtonTone, string> = {
  primary: 'bg-firuze text-on-firuze hover:bg-firuze-deep active:bg-firuze-deep font-strong',
  strong: 'bg-inverse text-on-inverse hover:opacity-90 font-medium',
  plain: 'border border-line bg-surface text-ink hover:bg-hover active:bg-press font-medium',
  quiet: 'text-dim hover:bg-hover hover:text-ink active:bg-press font-medium',
  danger: 'bg-anar text-on-anar hover:opacity-90 font-strong',
}
const SIZES: Record<ButtonSize, string> = {
  sm: 'h-7.5 gap-1.5 px-2.5 text-sm rounded-lg',
  md: 'h-8.5 gap-1.75 px-3.5 text-base rounded-control',
  lg: 'h-11 gap-2 px-5 text-md rounded-card',
}

/** The looks of a button, for links that are buttons to the eye. */
export const buttonClass = (tone: ButtonTone = 'plain', size: ButtonSize = 'md') =>
  cx(
    'touch inline-flex shrink-0 items-center justify-center whitespace-nowrap select-none',
    'transition-[background-color,opacity,color] duration-120',
    'disabled:pointer-events-none disabled:opacity-50 aria-disabled:opacity-50',
    TONES[tone],
    SIZES[size],
  )

interface Props extends ComponentProps<'button'> {
  tone?: ButtonTone
  size?: ButtonSize
  busy?: boolean
}

/** A button with words. `busy` keeps its width and its name and shows that the act is under way. */
export const Button = ({
  tone,
  size,
  busy = false,
  className,
  children,
  type = 'button',
  ...rest
}: Props) => (
  <button
    {...rest}
    type={type}
    aria-busy={busy || undefined}
    disabled={rest.disabled || busy}
    className={cx(buttonClass(tone, size), 'relative', className)}
  >
    {busy && (
      <span className="absolute inset-0 grid place-items-center">
        <Spinner />
      </span>
    )}
    {busy ? <span className="inline-flex items-center gap-[inherit] opacity-0">{children}</span> : children}
  </button>
)
