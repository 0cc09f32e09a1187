'use client'

import type { SimulatedPerson, SimulatorCast } from '../../server/contract/simulator.ts'
import { cx } from '../ui/cx.ts'
import { PhoneComposer } from './phone-composer.tsx'
import { PhoneHeader } from './phone-header.tsx'
import { PhoneLog } from './phone-log.tsx'
import type { PhoneState } from './phone-state.ts'

interface Props {
  /** Names the phone in the language of the page. */
  label: string
  person: SimulatedPerson
  bot: SimulatorCast['bot']
  state: PhoneState
  onWrite: (text: string, key?: string) => void
  onBlock: (isBlocked: boolean) => Promise<void>
  onReload: () => void
}

/** A customer's phone with the chat with the bot open, in the customer's own language. */
export const Phone = ({ label, person, bot, state, onWrite, onBlock, onReload }: Props) => (
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
      <PhoneHeader bot={bot} state={state} onBlock={onBlock} />
      <PhoneLog bot={bot} state={state} onWrite={onWrite} onReload={onReload} />
      <PhoneComposer isBlocked={state.isBlocked} onWrite={onWrite} onUnblock={() => onBlock(false)} />
    </div>
  </section>
)
