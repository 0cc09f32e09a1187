import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx.ts'
import { Tooltip } from './tooltip.tsx'

interface Props extends Omit<ComponentProps<'button'>, 'aria-label'> {
  /** What it does, for the tooltip and for a screen reader. */
  label: string
  /** The key that does the same, shown in the tooltip. */
  hint?: string
  side?: 'top' | 'bottom' | 'left' | 'right'
  active?: boolean
  children: ReactNode
}

/** A button with an icon only: always named, always with a tooltip. */
export const IconButton = ({ label, hint, side, active = false, className, children, ...rest }: Props) => (
  <Tooltip label={label} hint={hint} side={side}>
    <button
      type="button"
      {...rest}
      aria-label={label}
      className={cx(
        'touch grid size-8.5 shrink-0 place-items-center rounded-control text-dim select-none',
        'transition-colors duration-120 hover:bg-hover hover:text-ink active:bg-press',
        'disabled:pointer-events-none disabled:opacity-45',
        active && 'bg-firuze-tint text-firuze-ink hover:bg-firuze-tint hover:text-firuze-ink',
        className,
      )}
    >
      {children}
    </button>
  </Tooltip>
)
