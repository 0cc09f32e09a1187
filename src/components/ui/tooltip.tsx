'use client'

import { Tooltip as Radix } from 'radix-ui'
import type { FocusEvent, ReactElement, ReactNode } from 'react'

interface Props {
  label: ReactNode
  hint?: string | undefined
  side?: 'top' | 'bottom' | 'left' | 'right' | undefined
  children: ReactElement
}

/** Mount once near the root: neighbours share the delay, so moving along a row of icons shows each name at once. */
export const TooltipProvider = ({ children }: { children: ReactNode }) => (
  <Radix.Provider delayDuration={400} skipDelayDuration={250} disableHoverableContent>
    {children}
  </Radix.Provider>
)

// Focus that a finger or a click has moved is not a question.
const ignoreUnseenFocus = (event: FocusEvent) => {
  if (!event.currentTarget.matches(':focus-visible')) event.preventDefault()
}

/** A short explanation of what is pointed at or focused; never the only place where something is said. */
export const Tooltip = ({ label, hint, side = 'bottom', children }: Props) => (
  <Radix.Root>
    <Radix.Trigger asChild onFocus={ignoreUnseenFocus}>
      {children}
    </Radix.Trigger>
    <Radix.Portal>
      <Radix.Content
        side={side}
        sideOffset={6}
        collisionPadding={8}
        className="z-50 flex max-w-72 animate-fade items-center gap-2 rounded-lg bg-inverse px-2.5 py-1 text-xs font-medium text-on-inverse shadow-float"
      >
        <span>{label}</span>
        {hint && (
          <kbd className="ltr rounded-sm border border-on-inverse/30 px-1 font-sans text-2xs leading-4">
            {hint}
          </kbd>
        )}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
)
