'use client'

import { useTranslations } from 'next-intl'
import { type ReactElement, useState } from 'react'
import { MAX_COMMENT } from '../../server/contract/comment.ts'
import { Button } from '../ui/button.tsx'
import { Popover, PopoverClose } from '../ui/popover.tsx'
import { TextArea } from '../ui/text-area.tsx'

interface Props {
  trigger: ReactElement
  comment: string
  onSave: (comment: string) => void
}

/** Why an answer was good or bad. Open at once: the click that asked for it has brought it. */
export const CommentPopover = ({ trigger, comment, onSave }: Props) => {
  const t = useTranslations('chat.rating')
  return (
    <Popover label={t('commentTitle')} trigger={trigger} align="start" defaultOpen>
      <CommentForm comment={comment} onSave={onSave} />
    </Popover>
  )
}

const CommentForm = ({ comment, onSave }: Omit<Props, 'trigger'>) => {
  const t = useTranslations('chat.rating')
  const [text, setText] = useState(comment)
  return (
    <div className="grid gap-3">
      <TextArea
        label={t('commentTitle')}
        help={t('commentHelp')}
        value={text}
        rows={3}
        maxLength={MAX_COMMENT}
        onChange={(event) => setText(event.target.value)}
      />
      <PopoverClose>
        <Button tone="primary" className="justify-self-end" onClick={() => onSave(text.trim())}>
          {t('save')}
        </Button>
      </PopoverClose>
    </div>
  )
}
