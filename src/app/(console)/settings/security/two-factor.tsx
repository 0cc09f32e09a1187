'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { DoneNote } from '../../../../components/settings/done-note.tsx'
import { EnrolCode } from '../../../../components/settings/enrol-code.tsx'
import { ListFailed, ListLoading } from '../../../../components/settings/list-states.tsx'
import { ProveDialog } from '../../../../components/settings/prove-dialog.tsx'
import { RecoveryCodesDialog } from '../../../../components/settings/recovery-codes-dialog.tsx'
import { Section } from '../../../../components/settings/section.tsx'
import { TwoFactorCard } from '../../../../components/settings/two-factor-card.tsx'
import { useTRPC } from '../../../_client/trpc.ts'
import { useTwoFactor } from './use-two-factor.ts'

/** The second step of signing in. */
export const TwoFactorSection = () => {
  const t = useTranslations('settings.twoFactor')
  const { data: twoFactor, isError, refetch } = useQuery(useTRPC().twoFactor.get.queryOptions())
  const acts = useTwoFactor()
  const place = useRef<HTMLDivElement>(null)
  // The button that opened it may be gone: whoever has no mouse goes on from here.
  useEffect(() => {
    if (acts.done) place.current?.focus()
  }, [acts.done])
  return (
    <Section title={t('title')} text={t('text')}>
      <div ref={place} tabIndex={-1} className="outline-none">
        <DoneNote>{acts.done}</DoneNote>
      </div>
      {twoFactor ? (
        <div className="border-y">
          <TwoFactorCard twoFactor={twoFactor} onAct={acts.open} />
        </div>
      ) : isError ? (
        <ListFailed title={t('failed.title')} text={t('failed.text')} onRetry={refetch} />
      ) : (
        <ListLoading />
      )}
      <TwoFactorDialogs acts={acts} />
    </Section>
  )
}

const TwoFactorDialogs = ({ acts }: { acts: ReturnType<typeof useTwoFactor> }) => {
  const { act, codes, close } = acts
  if (codes) return <RecoveryCodesDialog codes={codes} onClose={close} />
  if (act === 'enrol') return <EnrolDialog acts={acts} />
  if (act === 'off' || act === 'renew') return <ProveBothDialog act={act} acts={acts} />
  return null
}

const EnrolDialog = ({ acts }: { acts: ReturnType<typeof useTwoFactor> }) => {
  const t = useTranslations('settings.twoFactor.enrol')
  const { enrolment, begin, confirm, close } = acts
  const { isBusy, refusal } = enrolment ? confirm : begin
  return (
    <ProveDialog
      title={t('title')}
      text={enrolment ? t('codeText') : t('passwordText')}
      asks={enrolment ? ['code'] : ['password']}
      submit={enrolment ? t('submit') : t('next')}
      isBusy={isBusy}
      refusal={refusal}
      onProve={({ password, code }) => (enrolment ? confirm.run({ code }) : begin.run({ password }))}
      onClose={close}
    >
      {enrolment && <EnrolCode {...enrolment} />}
    </ProveDialog>
  )
}

const ProveBothDialog = ({ act, acts }: { act: 'off' | 'renew'; acts: ReturnType<typeof useTwoFactor> }) => {
  const t = useTranslations(`settings.twoFactor.${act}Dialog`)
  const { run, isBusy, refusal } = act === 'off' ? acts.turnOff : acts.renew
  return (
    <ProveDialog
      title={t('title')}
      text={t('text')}
      asks={['password', 'code']}
      submit={t('submit')}
      tone={act === 'off' ? 'danger' : 'primary'}
      isBusy={isBusy}
      refusal={refusal}
      onProve={run}
      onClose={acts.close}
    />
  )
}
