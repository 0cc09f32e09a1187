'use client'

import { X } from 'lucide-react'
import { type AbstractIntlMessages, NextIntlClientProvider, useTranslations } from 'next-intl'
import { Direction } from 'radix-ui'
import { nameOf } from '../../components/simulator/person-name.ts'
import { Phone } from '../../components/simulator/phone.tsx'
import { Avatar } from '../../components/ui/avatar.tsx'
import { cx } from '../../components/ui/cx.ts'
import { IconButton } from '../../components/ui/icon-button.tsx'
import type { SimulatedBusiness, SimulatedPerson } from '../../server/contract/simulator.ts'
import { directionOf } from '../_i18n/direction.ts'
import { usePhone } from './use-phone.ts'

interface Props {
  person: SimulatedPerson
  business: SimulatedBusiness
  words: AbstractIntlMessages
  /** Another one shows where only one fits. */
  isHidden: boolean
  onClose?: (() => void) | undefined
}

export const PhoneSlot = ({ person, business, words, isHidden, onClose }: Props) => {
  const t = useTranslations('simulator')
  const { state, write, act, sendFiles, setBlocked, reload } = usePhone(person.chatId)
  return (
    <div
      className={cx(
        'min-h-0 w-full flex-col gap-3 pane:max-h-205 pane:w-95 pane:self-center',
        isHidden ? 'hidden min-[1120px]:flex' : 'flex',
        'h-full',
      )}
    >
      <div className="hidden h-9 items-center gap-2.5 px-3 pane:flex">
        <Avatar name={person.firstName} seed={person.chatId} size="sm" />
        <p className="one-line flex-1 font-medium text-dim">{t('phoneOf', { name: nameOf(person) })}</p>
        {onClose && (
          <IconButton
            label={t('closePhone', { name: nameOf(person) })}
            onClick={onClose}
            className="hidden min-[1120px]:grid"
          >
            <X size={18} aria-hidden />
          </IconButton>
        )}
      </div>
      <div className="flex min-h-0 flex-1 flex-col pane:rounded-[42px] pane:border pane:bg-raised pane:p-2 pane:shadow-float">
        <NextIntlClientProvider locale={person.lang} messages={words}>
          <Direction.Provider dir={directionOf(person.lang)}>
            <Phone
              label={t('phoneOf', { name: nameOf(person) })}
              person={person}
              business={business}
              state={state}
              onWrite={write}
              onAct={act}
              onSendFiles={sendFiles}
              onBlock={setBlocked}
              onReload={reload}
            />
          </Direction.Provider>
        </NextIntlClientProvider>
      </div>
    </div>
  )
}
