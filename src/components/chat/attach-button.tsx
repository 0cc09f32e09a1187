import { Paperclip } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { IconButton } from '../ui/icon-button.tsx'

/** Opens the browser's own choice of files. */
export const AttachButton = ({ onFiles }: { onFiles: (files: File[]) => void }) => {
  const t = useTranslations('chat.upload')
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <IconButton label={t('attach')} onClick={() => input.current?.click()}>
        <Paperclip aria-hidden size={18} />
      </IconButton>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        tabIndex={-1}
        aria-hidden
        data-testid="files"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
    </>
  )
}
