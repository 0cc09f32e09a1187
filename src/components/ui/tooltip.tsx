'use client'

import { cloneElement, type ReactElement, type ReactNode } from 'react'
import { TooltipLayer } from './tooltip-layer.tsx'
import type { Side } from './tooltip-place.ts'

interface Props {
  label: string
  /** The key that does the same. */
  hint?: string | undefined
  side?: Side | undefined
  children: ReactElement
}

/** Mount once near the root: it shows the tooltip of whatever is pointed at or focused. */
export const TooltipProvider = ({ children }: { children: ReactNode }) => (
  <>
    {children}
    <TooltipLayer />
  </>
)

/** A short explanation of what is pointed at or focused; never the only place where something is said. */
export const Tooltip = ({ label, hint, side = 'bottom', children }: Props) =>
  cloneElement(children as ReactElement<Record<string, unknown>>, {
    'data-tip': label,
    'data-tip-hint': hint,
    'data-tip-side': side,
    'aria-keyshortcuts': hint,
  })
