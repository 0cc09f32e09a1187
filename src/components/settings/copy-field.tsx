'use client'

import { Check, Copy } from 'lucide-react'
import { useRef, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { copyText } from '../ui/copy-text.ts'
import { Field } from '../ui/field.tsx'

interface Props {
  label: string
  value: string
  copyLabel: string
  copiedLabel: string
}

/** Something to be taken along: selected by a touch, copied by the button. */
export const CopyField = ({ label, value, copyLabel, copiedLabel }: Props) => {
  const input = useRef<HTMLInputElement>(null)
  const [isCopied, setIsCopied] = useState(false)
  const copy = async () => {
    input.current?.select()
    setIsCopied(await copyText(value))
  }
  return (
    <div className="grid gap-3">
      <Field
        ref={input}
        label={label}
        value={value}
        readOnly
        ltr
        onFocus={(event) => event.target.select()}
      />
      <Button tone="primary" size="lg" onClick={copy}>
        {isCopied ? <Check size={17} aria-hidden /> : <Copy size={17} aria-hidden />}
        <span aria-live="polite">{isCopied ? copiedLabel : copyLabel}</span>
      </Button>
    </div>
  )
}
