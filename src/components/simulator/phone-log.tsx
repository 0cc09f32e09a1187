'use client'

import { ArrowDown } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { SimulatedBusiness } from '../../server/contract/simulator.ts'
import { Button } from '../ui/button.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { OutgoingBubble, PhoneBubble } from './phone-bubble.tsx'
import { PhoneDay } from './phone-day.tsx'
import { groupByDay } from './phone-days.ts'
import type { PhoneState } from './phone-state.ts'
import { useStickToEnd } from './use-stick-to-end.ts'

interface Props {
  business: SimulatedBusiness
  state: PhoneState
  onWrite: (text: string, key?: string) => void
  onReload: () => void
}

export const PhoneLog = ({ business, state, onWrite, onReload }: Props) => {
  const t = useTranslations('simulator.phone')
  const count = state.messages.length + state.outgoing.length
  const { box, isAtEnd, onScroll, toEnd } = useStickToEnd(count, state.outgoing.length)
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={box}
        role="log"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
        tabIndex={0}
        aria-label={t('log', { bot: business.name })}
        onScroll={onScroll}
        className="absolute inset-0 flex flex-col overflow-y-auto overscroll-contain px-3 py-3 outline-offset-[-3px]"
      >
        {count > 0 ? (
          <Messages state={state} onWrite={onWrite} />
        ) : (
          <Blank state={state} onWrite={onWrite} onReload={onReload} />
        )}
      </div>
      {!isAtEnd && (
        <Button
          size="sm"
          onClick={toEnd}
          className="absolute inset-be-3 left-1/2 -translate-x-1/2 animate-fade rounded-full shadow-float"
        >
          <ArrowDown size={15} aria-hidden />
          {t('newBelow')}
        </Button>
      )}
    </div>
  )
}

const Messages = ({ state, onWrite }: Pick<Props, 'state' | 'onWrite'>) => (
  <div className="mt-auto grid gap-1.5">
    {groupByDay(state.messages).map(({ day, messages }) => (
      <PhoneDay key={day} at={messages[0]?.at ?? 0}>
        {messages.map((message) => (
          <PhoneBubble
            key={message.id}
            message={message}
            original={state.messages.find(({ id }) => id === message.replyTo)}
            isSeen={message.id === state.seenId && message.from === 'customer'}
          />
        ))}
      </PhoneDay>
    ))}
    {state.outgoing.map((one) => (
      <OutgoingBubble key={one.key} outgoing={one} onResend={() => onWrite(one.text, one.key)} />
    ))}
  </div>
)

const Blank = ({ state, onWrite, onReload }: Pick<Props, 'state' | 'onWrite' | 'onReload'>) => {
  const t = useTranslations('simulator.phone')
  if (state.phase === 'loading') {
    return (
      <div className="m-auto text-dim">
        <Spinner label={t('loading')} size={20} />
      </div>
    )
  }
  if (state.phase === 'failed') {
    return (
      <div role="alert" className="m-auto grid justify-items-center gap-3 text-center text-dim">
        {t('failed')}
        <Button onClick={onReload}>{t('retry')}</Button>
      </div>
    )
  }
  return <Suggestions disabled={state.isBlocked} onWrite={onWrite} />
}

const Suggestions = ({ disabled, onWrite }: { disabled: boolean; onWrite: (text: string) => void }) => {
  const t = useTranslations('simulator.phone')
  return (
    <div className="mt-auto grid justify-items-end gap-2">
      <p className="mb-1 w-full text-center text-sm text-balance text-dim">{t('empty')}</p>
      {(['suggestion1', 'suggestion2', 'suggestion3'] as const).map((key) => (
        <button
          key={key}
          type="button"
          disabled={disabled}
          onClick={() => onWrite(t(key))}
          className="touch max-w-[86%] rounded-bubble rounded-ee-[5px] border border-dashed border-own-line bg-own px-3.5 py-2 text-start transition-colors duration-120 hover:border-firuze disabled:opacity-50"
        >
          {t(key)}
        </button>
      ))}
    </div>
  )
}
