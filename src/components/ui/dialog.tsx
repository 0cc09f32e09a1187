'use client'

import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import { IconButton } from './icon-button.tsx'
import { useFocusReturn } from './use-focus-return.ts'

interface Props {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  /** A sentence under the title, read out with it. */
  description?: ReactNode
  closeLabel: string
  children?: ReactNode
  /** The buttons at the foot; the one that acts comes last. */
  actions?: ReactNode
  wide?: boolean
  /** Where there is nothing to fill in, the sheet itself takes the focus, so that it is read from its beginning. */
  isForReading?: boolean
  /** A click beside it does not close it: it holds what cannot be had again. */
  isSticky?: boolean
}

/** A question or a sheet above the page. Focus stays inside and returns where it was; Escape closes. */
export const Dialog = ({
  open,
  onOpenChange,
  title,
  description,
  closeLabel,
  children,
  actions,
  wide,
  isForReading,
  isSticky,
}: Props) => {
  const onCloseAutoFocus = useFocusReturn(open)
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 grid animate-fade place-items-center overflow-y-auto bg-scrim p-4">
          <Radix.Content
            tabIndex={-1}
            onCloseAutoFocus={onCloseAutoFocus}
            onEscapeKeyDown={(event) => isListOpen() && event.preventDefault()}
            onPointerDownOutside={(event) => isSticky && event.preventDefault()}
            onOpenAutoFocus={(event) => {
              if (!isForReading) return
              event.preventDefault()
              if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus()
            }}
            {...(description ? {} : { 'aria-describedby': undefined })}
            className={cx(
              'relative w-full animate-pop rounded-sheet border border-line bg-raised p-6 shadow-float outline-none',
              wide ? 'max-w-2xl' : 'max-w-md',
            )}
          >
            <Radix.Title className="pe-10 text-lg font-strong">{title}</Radix.Title>
            {description && (
              <Radix.Description className="mt-1 text-base text-dim">{description}</Radix.Description>
            )}
            {children && <div className="mt-4">{children}</div>}
            {actions && <div className="mt-6 flex flex-wrap justify-end gap-2">{actions}</div>}
            <div className="absolute inset-bs-4 inset-e-4">
              <Radix.Close asChild>
                <IconButton label={closeLabel}>
                  <X size={18} aria-hidden />
                </IconButton>
              </Radix.Close>
            </div>
          </Radix.Content>
        </Radix.Overlay>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** Escape closes a list of suggestions before the sheet that it stands in. */
const isListOpen = () => document.activeElement?.matches('[role=combobox][aria-expanded=true]')
