'use client'

import { Paperclip } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type DragEvent, type ReactNode, useRef, useState } from 'react'

interface Props {
  /** Null where nothing can be dropped. */
  onFiles: ((files: File[]) => void) | null
  children: ReactNode
}

const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes('Files')

/** Takes files that are dropped anywhere on a thread; the button does the same by keyboard. */
export const DropZone = ({ onFiles, children }: Props) => {
  const t = useTranslations('chat.upload')
  const [isOver, setIsOver] = useState(false)
  // Each element that the pointer crosses tells of it: it has left when it has left as many as it entered.
  const depth = useRef(0)
  const move = (step: 1 | -1) => (event: DragEvent) => {
    if (!onFiles || !hasFiles(event)) return
    event.preventDefault()
    depth.current = Math.max(0, depth.current + step)
    setIsOver(depth.current > 0)
  }
  const drop = (event: DragEvent) => {
    depth.current = 0
    setIsOver(false)
    if (!onFiles || !hasFiles(event)) return
    event.preventDefault()
    onFiles([...event.dataTransfer.files])
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button beside the text does the same by keyboard.
    <div
      className="relative flex min-h-0 flex-1 flex-col"
      onDragEnter={move(1)}
      onDragLeave={move(-1)}
      onDragOver={(event) => onFiles && hasFiles(event) && event.preventDefault()}
      onDrop={drop}
    >
      {children}
      {isOver && (
        <div className="pointer-events-none absolute inset-2 z-20 grid place-items-center rounded-sheet border-2 border-firuze border-dashed bg-firuze-tint/90 text-firuze-ink">
          <span className="flex items-center gap-2 font-strong">
            <Paperclip aria-hidden size={20} />
            {t('drop')}
          </span>
        </div>
      )}
    </div>
  )
}
