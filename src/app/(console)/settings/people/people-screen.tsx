'use client'

import { useQuery } from '@tanstack/react-query'
import { UserPlus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { DoneNote } from '../../../../components/settings/done-note.tsx'
import { ListFailed, ListLoading } from '../../../../components/settings/list-states.tsx'
import { type MemberAct, MemberMenu } from '../../../../components/settings/member-menu.tsx'
import { MemberRow } from '../../../../components/settings/member-row.tsx'
import { Rows, Section } from '../../../../components/settings/section.tsx'
import { Button } from '../../../../components/ui/button.tsx'
import { isolated } from '../../../../components/ui/display-text.ts'
import type { Me, Member } from '../../../../server/contract/account.ts'
import { useConsole } from '../../../_client/console-provider.tsx'
import { useStore } from '../../../_client/store.ts'
import { useTRPC } from '../../../_client/trpc.ts'
import { useRight } from '../../use-right.ts'
import { InviteFlow } from './invite-flow.tsx'
import { MemberDialogs } from './member-dialogs.tsx'
import { actsOn, rolesToGive } from './member-rights.ts'
import { useMemberActs } from './use-member-acts.tsx'

// Signals tell who comes and goes; this catches what was missed while the line was down.
const REFRESH_MS = 60_000

export const PeopleScreen = ({ userId }: { userId: number }) => {
  const t = useTranslations('settings.people')
  const { data: me } = useQuery(useTRPC().people.me.queryOptions())
  const canManage = useRight('invite')
  const [isInviting, setIsInviting] = useState(false)
  const acts = useMemberActs()
  return (
    <Section
      title={t('title')}
      text={me ? t('text', { workspace: isolated(me.workspace.name) }) : '\u00a0'}
      action={
        canManage && (
          <Button tone="primary" onClick={() => setIsInviting(true)}>
            <UserPlus size={17} aria-hidden />
            {t('invite')}
          </Button>
        )
      }
    >
      <DoneNote>{acts.done}</DoneNote>
      <MemberList userId={userId} me={me} onAct={acts.open} />
      <MemberDialogs acts={acts} roles={me ? rolesToGive(me) : []} />
      {isInviting && <InviteFlow onClose={() => setIsInviting(false)} />}
    </Section>
  )
}

interface ListProps {
  userId: number
  me: Me | undefined
  onAct: (act: MemberAct, member: Member) => void
}

const MemberList = ({ userId, me, onAct }: ListProps) => {
  const t = useTranslations('settings.people')
  const query = useTRPC().people.members.queryOptions(undefined, { refetchInterval: REFRESH_MS })
  const { data: members, isError, refetch } = useQuery(query)
  const online = useStore(useConsole().feed.signals, (signals) => signals.online)
  // biome-ignore lint/correctness/useExhaustiveDependencies: somebody came or went.
  useEffect(() => void refetch(), [online, refetch])
  if (!members) {
    if (!isError) return <ListLoading />
    return <ListFailed title={t('failed.title')} text={t('failed.text')} onRetry={refetch} />
  }
  return (
    <>
      <Rows label={t('list')}>
        {members.map((member: Member) => (
          <MemberRow
            key={member.userId}
            member={member}
            isSelf={member.userId === userId}
            menu={
              <MemberMenu name={member.name} acts={actsOn(me, member)} onAct={(act) => onAct(act, member)} />
            }
          />
        ))}
      </Rows>
      <p className="mt-3 text-sm text-dim">
        {members.length === 1 ? t('alone') : t('count', { count: members.length })}
      </p>
    </>
  )
}
