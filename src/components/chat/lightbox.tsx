'use client'

import { Download, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Dialog as Radix } from 'radix-ui'
import { useFocusReturn } from '../ui/use-focus-return.ts'

interface Props {
  url: string
  name: string
  onClose: () => void
}

/** One picture over everything. Escape, the cross and a click beside it close it; the focus returns to where it was. */
export const Lightbox = ({ url, name, onClose }: Props) => {
  const t = useTranslations('chat.file')
  const onCloseAutoFocus = useFocusReturn(true)
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 animate-fade bg-[rgb(0_0_0/0.88)]" />
        <Radix.Content
          aria-describedby={undefined}
          onCloseAutoFocus={onCloseAutoFocus}
          className="fixed inset-0 z-50 grid grid-rows-[auto_minmax(0,1fr)] text-white outline-none"
        >
          <header className="flex items-center gap-2 p-3">
            <Radix.Title className="one-line min-w-0 flex-1 px-2 text-sm font-medium">
              <bdi>{name}</bdi>
            </Radix.Title>
            <a
              href={url}
              download={name}
              aria-label={t('save')}
              className="touch grid size-10 place-items-center rounded-control hover:bg-white/15"
            >
              <Download aria-hidden size={18} />
            </a>
            <Radix.Close
              aria-label={t('close')}
              className="touch grid size-10 place-items-center rounded-control hover:bg-white/15"
            >
              <X aria-hidden size={20} />
            </Radix.Close>
          </header>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the cross and Escape do the same by keyboard. */}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: the cross and Escape do the same by keyboard. */}
          <div
            className="grid min-h-0 place-items-center p-4 pt-0"
            onClick={(event) => event.target === event.currentTarget && onClose()}
          >
            {/* biome-ignore lint/performance/noImgElement: signed addresses are not for Next's image cache. */}
            <img src={url} alt={name} className="max-h-full max-w-full object-contain" />
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
