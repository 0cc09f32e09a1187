'use client'

import { ArrowRight } from 'lucide-react'
import { Dialog } from 'radix-ui'
import type { ReactNode } from 'react'
import { IconButton } from '../ui/icon-button.tsx'
import { useFocusReturn } from '../ui/use-focus-return.ts'

interface Props {
  title: string
  closeLabel: string
  onClose: () => void
  children: ReactNode
}

/** The details over the thread: a sheet at the end edge, the whole screen on a phone. */
export const PanelSheet = ({ title, closeLabel, onClose, children }: Props) => {
  const onCloseAutoFocus = useFocusReturn(true)
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-30 animate-fade bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          tabIndex={-1}
          onCloseAutoFocus={onCloseAutoFocus}
          onOpenAutoFocus={(event) => {
            event.preventDefault()
            if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus()
          }}
          className="fixed inset-y-0 inset-e-0 z-40 flex w-full animate-slide flex-col bg-canvas shadow-float outline-none pane:w-85 pane:border-s pane:border-line"
        >
          <header className="flex min-h-15.5 shrink-0 items-center gap-2 border-b border-line px-2.5">
            <Dialog.Close asChild>
              <IconButton label={closeLabel}>
                <ArrowRight aria-hidden size={20} className="rotate-180 rtl:rotate-0" />
              </IconButton>
            </Dialog.Close>
            <Dialog.Title className="text-md font-strong">{title}</Dialog.Title>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
