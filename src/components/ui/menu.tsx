'use client'

import { Check } from 'lucide-react'
import { DropdownMenu as Radix } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { cx } from './cx.ts'

interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement
  children: ReactNode
  side?: 'top' | 'bottom' | 'left' | 'right'
  align?: 'start' | 'center' | 'end'
  /** Open at once: the click that asked for it has brought the menu itself. */
  defaultOpen?: boolean
}

/** A list of things to do or to choose. */
export const Menu = ({ trigger, children, side = 'bottom', align = 'end', defaultOpen }: MenuProps) => (
  <Radix.Root modal={false} defaultOpen={defaultOpen}>
    <Radix.Trigger asChild>{trigger}</Radix.Trigger>
    <Radix.Portal>
      <Radix.Content
        side={side}
        align={align}
        sideOffset={6}
        collisionPadding={10}
        className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-52 animate-pop overflow-y-auto rounded-card border border-line bg-raised p-1.25 shadow-float"
      >
        {children}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
)

const ROW = cx(
  'flex min-h-8.5 w-full items-center gap-2.5 rounded-lg px-2.5 py-1 text-base outline-none select-none',
  'data-highlighted:bg-hover data-disabled:opacity-50 coarse:min-h-11',
)

interface MenuItemProps {
  icon?: ReactNode
  hint?: string
  tone?: 'plain' | 'danger'
  disabled?: boolean
  onSelect: () => void
  children: ReactNode
}

export const MenuItem = ({ icon, hint, tone = 'plain', disabled, onSelect, children }: MenuItemProps) => (
  <Radix.Item
    disabled={disabled}
    onSelect={onSelect}
    className={cx(ROW, tone === 'danger' && 'text-anar-ink')}
  >
    {icon && <span className={tone === 'danger' ? '' : 'text-dim'}>{icon}</span>}
    <span className="flex-1">{children}</span>
    {hint && <kbd className="ltr font-sans text-xs text-faint">{hint}</kbd>}
  </Radix.Item>
)

interface MenuChoiceProps<T extends string> {
  label: string
  value: T
  onChange: (value: T) => void
  options: readonly { value: T; label: ReactNode; icon?: ReactNode }[]
}

/** One of a few, under a heading. */
export const MenuChoice = <T extends string>({ label, value, onChange, options }: MenuChoiceProps<T>) => (
  <Radix.RadioGroup aria-label={label} value={value} onValueChange={(next) => onChange(next as T)}>
    <Radix.Label className="px-2.5 pt-1.5 pb-0.5 text-xs font-medium text-faint">{label}</Radix.Label>
    {options.map((option) => (
      <Radix.RadioItem key={option.value} value={option.value} className={ROW}>
        {option.icon && <span className="text-dim">{option.icon}</span>}
        <span className="flex-1">{option.label}</span>
        <Radix.ItemIndicator>
          <Check size={16} aria-hidden className="text-firuze-ink" />
        </Radix.ItemIndicator>
      </Radix.RadioItem>
    ))}
  </Radix.RadioGroup>
)

export const MenuLine = () => <Radix.Separator className="my-1.25 h-px bg-line" />

/** A heading that is not a choice, such as who is signed in. */
export const MenuHeading = ({ children }: { children: ReactNode }) => (
  <Radix.Label className="px-2.5 py-1.5">{children}</Radix.Label>
)
