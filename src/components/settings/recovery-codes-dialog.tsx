'use client'

import { Check, Copy, Download, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { copyText } from '../ui/copy-text.ts'
import { Dialog } from '../ui/dialog.tsx'

const FILE = 'peyk-recovery-codes.txt'

interface Props {
  codes: readonly string[]
  onClose: () => void
}

/** Hands the recovery codes over, once. */
export const RecoveryCodesDialog = ({ codes, onClose }: Props) => {
  const t = useTranslations('settings.twoFactor.codes')
  const common = useTranslations('settings')
  const [isCopied, setIsCopied] = useState(false)
  const text = `${codes.join('\n')}\n`
  const copy = async () => setIsCopied(await copyText(text))
  return (
    <Dialog
      open
      isSticky
      isForReading
      onOpenChange={(open) => !open && onClose()}
      title={t('title')}
      description={t('text')}
      closeLabel={common('close')}
      actions={
        <Button tone="primary" onClick={onClose}>
          {t('done')}
        </Button>
      }
    >
      <div className="grid gap-4">
        <p className="flex items-start gap-2 rounded-control border border-zaferan-line bg-zaferan-tint px-3 py-2 text-sm">
          <TriangleAlert aria-hidden size={16} className="mt-0.75 shrink-0 text-zaferan-ink" />
          {t('once')}
        </p>
        <ol aria-label={t('list')} className="grid gap-1 rounded-control border bg-canvas p-3">
          {codes.map((code) => (
            <li key={code} className="text-center">
              <code className="ltr font-mono text-sm whitespace-nowrap select-all max-pane:text-xs">
                {code}
              </code>
            </li>
          ))}
        </ol>
        <div className="flex flex-wrap gap-2 *:flex-1">
          <Button onClick={copy}>
            {isCopied ? <Check size={17} aria-hidden /> : <Copy size={17} aria-hidden />}
            <span aria-live="polite">{isCopied ? t('copied') : t('copy')}</span>
          </Button>
          <Button onClick={() => download(`${t('fileHead', { host: window.location.host })}\n\n${text}`)}>
            <Download size={17} aria-hidden />
            {t('download')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

const download = (text: string) => {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = FILE
  link.click()
  URL.revokeObjectURL(url)
}
