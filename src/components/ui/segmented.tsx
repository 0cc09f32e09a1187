'use client'

import { ToggleGroup } from 'radix-ui'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'

interface Props<T extends string> {
  label: string
  value: T
  onChange: (value: T) => void
  options: readonly { value: T; label: ReactNode; icon?: ReactNode }[]
  className?: string
}

/** One of two to four, all of them visible. */
export const Segmented = <T extends string>({ label, value, onChange, options, className }: Props<T>) => (
  <ToggleGroup.Root
    type="single"
    aria-label={label}
    value={value}
    onValueChange={(next) => next && onChange(next as T)}
    className={cx('inline-flex gap-0.5 rounded-[11px] border border-line bg-canvas p-0.75', className)}
  >
    {options.map((option) => (
      <ToggleGroup.Item
        key={option.value}
        value={option.value}
        className="touch inline-flex h-7.5 flex-1 items-center justify-center gap-1.5 rounded-lg px-3 text-sm font-medium whitespace-nowrap text-dim transition-colors duration-120 hover:text-ink data-[state=on]:bg-surface data-[state=on]:text-ink data-[state=on]:shadow-[0_0_0_1px_var(--line),var(--shadow-rest)]"
      >
        {option.icon}
        {option.label}
      </ToggleGroup.Item>
    ))}
  </ToggleGroup.Root>
)
