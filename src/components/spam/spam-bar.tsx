'use client'

import { useTranslations } from 'next-intl'
import { Button } from '../ui/button.tsx'

interface Props {
  shown: number
  chosen: number
  canDelete: boolean
  isBusy: boolean
  number: (value: number) => string
  onAll: (isChosen: boolean) => void
  onRelease: () => void
  onDiscard: () => void
}

/** Above the list: choose all that are shown, and act on what is chosen. */
export const SpamBar = ({ shown, chosen, number, ...rest }: Props) => {
  const { canDelete, isBusy, onAll, onRelease, onDiscard } = rest
  const t = useTranslations('spam')
  return (
    <div className="sticky inset-bs-0 z-10 flex min-h-13 flex-wrap items-center gap-x-3 gap-y-2 border-b bg-surface py-2">
      <label className="touch flex cursor-pointer items-center gap-2.5 text-sm">
        <input
          type="checkbox"
          className="size-4.5 accent-firuze"
          checked={chosen === shown}
          ref={(box) => {
            if (box) box.indeterminate = chosen > 0 && chosen < shown
          }}
          onChange={(event) => onAll(event.currentTarget.checked)}
        />
        {t('selectAll')}
      </label>
      <span role="status" className="flex-1 text-sm whitespace-nowrap text-dim">
        {chosen > 0 && t('selected', { count: chosen, shown: number(chosen) })}
      </span>
      {chosen > 0 && (
        <span className="ms-auto flex gap-2">
          <Button size="sm" busy={isBusy} onClick={onRelease}>
            {t('release')}
          </Button>
          {canDelete && (
            <Button size="sm" tone="quiet" disabled={isBusy} onClick={onDiscard}>
              {t('discard')}
            </Button>
          )}
        </span>
      )}
    </div>
  )
}
