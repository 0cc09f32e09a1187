'use client'

import { Popover as Radix } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'

interface Props {
  trigger: ReactElement
  /** Names the panel for a screen reader. */
  label: string
  children: ReactNode
  defaultOpen?: boolean
  onOpenChange?: (open: boolean) => void
  side?: 'top' | 'bottom'
  align?: 'start' | 'center' | 'end'
}

/** Closes the panel it stands in. */
export const PopoverClose = ({ children }: { children: ReactElement }) => (
  <Radix.Close asChild>{children}</Radix.Close>
)

/** A small panel beside what opened it. */
export const Popover = ({
  trigger,
  label,
  children,
  defaultOpen,
  onOpenChange,
  side = 'top',
  align = 'end',
}: Props) => (
  <Radix.Root defaultOpen={defaultOpen} onOpenChange={onOpenChange}>
    <Radix.Trigger asChild>{trigger}</Radix.Trigger>
    <Radix.Portal>
      <Radix.Content
        aria-label={label}
        side={side}
        align={align}
        sideOffset={6}
        collisionPadding={12}
        className="z-50 w-92 max-w-[calc(100vw-24px)] animate-pop rounded-box border border-line bg-raised p-4 shadow-float outline-none"
      >
        {children}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
)
