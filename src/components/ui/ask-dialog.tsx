import type { ComponentProps } from 'react'
import { Button, type ButtonTone } from './button.tsx'
import { Dialog } from './dialog.tsx'

interface Props
  extends Omit<ComponentProps<typeof Dialog>, 'open' | 'onOpenChange' | 'actions' | 'closeLabel'> {
  words: { close: string; cancel: string; submit: string }
  tone?: ButtonTone
  isBusy?: boolean
  disabled?: boolean
  onClose: () => void
  /** What is done, or the id of the form that does it. */
  submit: (() => void) | string
}

/** A sheet with two ways out: to leave everything as it is, or to do it. */
export const AskDialog = ({
  words,
  tone = 'primary',
  isBusy,
  disabled,
  onClose,
  submit,
  ...dialog
}: Props) => (
  <Dialog
    {...dialog}
    open
    onOpenChange={(open) => !open && onClose()}
    closeLabel={words.close}
    actions={
      <>
        <Button onClick={onClose}>{words.cancel}</Button>
        <Button
          tone={tone}
          busy={isBusy}
          disabled={disabled}
          {...(typeof submit === 'string' ? { type: 'submit', form: submit } : { onClick: submit })}
        >
          {words.submit}
        </Button>
      </>
    }
  />
)
