import { useTranslations } from 'next-intl'
import type { AuditEntry } from '../../server/contract/audit.ts'
import type { Formats } from '../chat/time.ts'
import { displayLine } from '../ui/display-text.ts'
import { dashed } from './audit-choice.ts'
import { AuditDifference } from './audit-difference.tsx'

interface Props {
  entry: AuditEntry
  /** What the people of the workspace are called, by their ids. */
  names: ReadonlyMap<string, string>
  formats: Formats
}

/** One deed: who, what, to what, when; and what it changed. */
export const AuditRow = ({ entry, names, formats }: Props) => {
  const t = useTranslations('audit')
  const { actor, action, target, before, after, at, address } = entry
  return (
    <li className="grid gap-1 py-3.5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <p className="min-w-0 font-medium">
          {t(`actions.${dashed(action)}`)} <Target target={target} names={names} formats={formats} />
        </p>
        <time dateTime={at} className="text-sm whitespace-nowrap text-dim">
          {formats.full(at)}
        </time>
      </div>
      <p className="text-sm text-dim">
        <Actor actor={actor} />
        {address && (
          <>
            {' · '}
            <span className="ltr font-mono text-xs">{address}</span>
          </>
        )}
      </p>
      <AuditDifference before={before} after={after} formats={formats} />
    </li>
  )
}

const Actor = ({ actor }: Pick<AuditEntry, 'actor'>) => {
  const t = useTranslations('audit.actors')
  if (actor.kind === 'cli' || actor.kind === 'system') return t(actor.kind)
  const name = <bdi>{displayLine(actor.name)}</bdi>
  return actor.kind === 'key' ? t.rich('key', { name: () => name }) : name
}

const NUMBER = /^\d{1,15}$/

const KINDS = [
  'user',
  'member',
  'channel',
  'key',
  'workspace',
  'conversation',
  'customer',
  'message',
  'network',
  'session',
  'invitation',
  'connection',
] as const

/** "customer:7" in words; the workspace itself is where all of this happened, and is not named. */
const Target = ({ target, names, formats }: Pick<Props, 'names' | 'formats'> & { target: string }) => {
  const t = useTranslations('audit.targets')
  const [spelled = '', ...rest] = target.split(':')
  const kind = KINDS.find((one) => one === spelled)
  if (kind === 'workspace') return null
  const name = kind === 'user' || kind === 'member' ? names.get(rest.join(':')) : undefined
  if (name !== undefined) return <bdi className="font-normal text-dim">{displayLine(name)}</bdi>
  const spelledId = rest.join(':')
  const id = NUMBER.test(spelledId) ? (
    formats.number(Number(spelledId))
  ) : (
    <bdi className="ltr font-mono text-xs">{spelledId || target}</bdi>
  )
  return <span className="font-normal text-dim">{kind ? t.rich(kind, { id: () => id }) : id}</span>
}
