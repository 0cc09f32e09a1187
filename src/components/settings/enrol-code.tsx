'use client'

import { Check, Copy } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { QRCodeSVG } from 'qrcode.react'
import { useState } from 'react'
import type { Enrolment } from '../../server/contract/two-factor.ts'
import { copyText } from '../ui/copy-text.ts'
import { Field } from '../ui/field.tsx'
import { IconButton } from '../ui/icon-button.tsx'

const GROUPS = /.{1,4}/g
const QR_SIZE = 176

/** What an authenticator app is shown: a code to scan, drawn here and sent nowhere, and the same as a text to type. */
export const EnrolCode = ({ secret, uri }: Enrolment) => {
  const t = useTranslations('settings.twoFactor.enrol')
  const [isCopied, setIsCopied] = useState(false)
  const copy = async () => setIsCopied(await copyText(secret))
  return (
    <div className="grid gap-4">
      {/* Dark on light in every theme: cameras do not read it the other way. */}
      <QRCodeSVG
        value={uri}
        size={QR_SIZE}
        marginSize={3}
        title={t('qr')}
        bgColor="#ffffff"
        fgColor="#000000"
        className="mx-auto rounded-card border"
      />
      <Field
        label={t('secret')}
        help={<span aria-live="polite">{isCopied ? t('copied') : t('secretHelp')}</span>}
        value={secret.match(GROUPS)?.join(' ') ?? ''}
        readOnly
        ltr
        className="[&_input]:font-mono [&_input]:text-sm"
        onFocus={(event) => event.target.select()}
        end={
          <IconButton label={t('copy')} onClick={copy}>
            {isCopied ? <Check size={17} aria-hidden /> : <Copy size={17} aria-hidden />}
          </IconButton>
        }
      />
    </div>
  )
}
