'use client'

import type { ReactElement, ReactNode } from 'react'
import { Popover } from '../ui/popover.tsx'

/** Loaded with the first history that is asked for, and open at once: the click that asked has already happened. */
export const HistoryPopover = (props: { label: string; trigger: ReactElement; children: ReactNode }) => (
  <Popover {...props} defaultOpen />
)
