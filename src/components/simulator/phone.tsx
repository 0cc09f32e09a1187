'use client'

import { useMemo, useState } from 'react'
import type { SimulatedBusiness, SimulatedPerson, SimulatorAct } from '../../server/contract/simulator.ts'
import { cx } from '../ui/cx.ts'
import { type Intent, PhoneActionsProvider } from './phone-actions.ts'
import { PhoneComposer } from './phone-composer.tsx'
import { PhoneHeader } from './phone-header.tsx'
import { PhoneLog } from './phone-log.tsx'
import type { PhoneState } from './phone-state.ts'

interface Props {
  /** Names the phone in the language of the page. */
  label: string
  person: SimulatedPerson
  business: SimulatedBusiness
  state: PhoneState
  onWrite: (text: string, key?: string) => void
  onAct: (act: SimulatorAct) => Promise<void>
  onSendFiles: (files: readonly File[]) => Promise<void>
  onBlock: (isBlocked: boolean) => Promise<void>
  onReload: () => void
}

/** A customer's phone with the chat with the business open, in the customer's own language. */
export const Phone = ({ label, person, business, state, onWrite, onBlock, onReload, ...doing }: Props) => {
  const [intent, intend] = useState<Intent>(null)
  const [hasFailed, setFailed] = useState(false)
  const { onAct, onSendFiles } = doing
  const { platform, chatId } = person
  const actions = useMemo(() => {
    const tried = (done: Promise<void>) =>
      void done.then(
        () => setFailed(false),
        () => setFailed(true),
      )
    return {
      platform,
      fileUrl: (key: string) => `/simulator/api/chats/${chatId}/files/${encodeURIComponent(key)}`,
      act: (act: SimulatorAct) => tried(onAct(act)),
      sendFiles: (files: readonly File[]) => tried(onSendFiles(files)),
      intend,
    }
  }, [platform, chatId, onAct, onSendFiles])
  return (
    <section
      aria-label={label}
      className="flex min-h-0 flex-1 flex-col overflow-hidden bg-canvas pane:rounded-[34px] pane:border pane:border-edge/50"
    >
      <div
        lang={person.lang}
        dir={person.lang === 'fa' ? 'rtl' : 'ltr'}
        className={cx(
          'flex min-h-0 flex-1 flex-col',
          person.lang === 'fa' ? 'leading-[1.75]' : 'leading-[1.6]',
        )}
      >
        <PhoneActionsProvider value={actions}>
          <PhoneHeader business={business} state={state} onBlock={onBlock} />
          <PhoneLog business={business} state={state} onWrite={onWrite} onReload={onReload} />
          <PhoneComposer
            isBlocked={state.isBlocked}
            intent={intent}
            hasFailed={hasFailed}
            onWrite={onWrite}
            onUnblock={() => onBlock(false)}
          />
        </PhoneActionsProvider>
      </div>
    </section>
  )
}
