'use client'

import { Ban, CheckCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { SimulatedBusiness } from '../../server/contract/simulator.ts'
import { Avatar } from '../ui/avatar.tsx'
import { cx } from '../ui/cx.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Name } from '../ui/name.tsx'
import { usePhoneActions } from './phone-actions.ts'
import type { PhoneState } from './phone-state.ts'

interface Props {
  business: SimulatedBusiness
  state: PhoneState
  onBlock: (isBlocked: boolean) => Promise<void>
}

export const PhoneHeader = ({ business, state, onBlock }: Props) => {
  const t = useTranslations('simulator.phone')
  const { act } = usePhoneActions()
  const [failed, setFailed] = useState(false)
  const toggle = () => {
    setFailed(false)
    onBlock(!state.isBlocked).catch(() => setFailed(true))
  }
  return (
    <header
      className={cx(
        'flex items-center gap-3 border-b py-2.5 ps-4 pe-2.5',
        business.platform === 'telegram' ? 'bg-firuze-tint' : 'bg-surface',
      )}
    >
      <Avatar name={business.name} seed={business.seed} size="md" />
      <div className="min-w-0 flex-1 leading-snug">
        <p className="one-line text-md font-strong">
          <Name>{business.name}</Name>
        </p>
        <p role="status" className="flex h-5 items-center gap-1.5 text-xs text-dim">
          {failed ? (
            <span className="text-anar-ink">{t('blockFailed')}</span>
          ) : (
            <BotLine business={business} state={state} />
          )}
        </p>
      </div>
      {business.platform === 'instagram' && (
        <IconButton label={t('see')} disabled={state.phase !== 'ready'} onClick={() => act({ do: 'seen' })}>
          <CheckCheck size={18} aria-hidden />
        </IconButton>
      )}
      <IconButton
        label={t(`block.${business.platform}`)}
        aria-pressed={state.isBlocked}
        disabled={state.phase !== 'ready'}
        onClick={toggle}
        className={state.isBlocked ? 'bg-anar-tint text-anar-ink hover:bg-anar-tint hover:text-anar-ink' : ''}
      >
        <Ban size={18} aria-hidden />
      </IconButton>
    </header>
  )
}

const BotLine = ({ business, state }: { business: SimulatedBusiness; state: PhoneState }) => {
  const t = useTranslations('simulator.phone')
  if (state.phase === 'ready' && !state.isConnected)
    return <span className="text-zaferan-ink">{t('reconnecting')}</span>
  if (state.isTyping) return <Typing label={t('typing')} />
  return (
    <>
      <span>{t(`business.${business.platform}`)}</span>
      <span aria-hidden>·</span>
      <span className="ltr one-line">@{business.username}</span>
    </>
  )
}

const Typing = ({ label }: { label: string }) => (
  <span className="flex items-center gap-1.5 text-firuze-ink">
    <span aria-hidden className="flex gap-0.75">
      {[0, 150, 300].map((delay) => (
        <span
          key={delay}
          style={{ animationDelay: `${delay}ms` }}
          className="size-1.25 animate-dot rounded-full bg-current"
        />
      ))}
    </span>
    {label}
  </span>
)
