import { ExternalLink, MapPin, UserRound } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { MessageExtras } from '../../server/contract/message.ts'
import { Name } from '../ui/name.tsx'

type Place = NonNullable<MessageExtras['place']>
type Contact = NonNullable<MessageExtras['contact']>

const DIGITS = 5
const OUTSIDE = { target: '_blank', rel: 'noopener noreferrer nofollow' } as const
const LINK =
  'touch inline-flex items-center gap-1.25 text-sm font-medium text-firuze-ink underline decoration-firuze/40 underline-offset-3 hover:decoration-current'

const Card = ({ icon, children }: { icon: ReactNode; children: ReactNode }) => (
  <div className="my-1 flex min-w-0 items-start gap-2.5">
    <span className="grid size-9 shrink-0 place-items-center rounded-full bg-firuze-tint text-firuze-ink">
      {icon}
    </span>
    <div className="flex min-w-0 flex-col items-start leading-6">{children}</div>
  </div>
)

/** A point on the map. The map itself opens elsewhere, when somebody asks for it: nobody is told of it before. */
export const PlaceCard = ({ place }: { place: Place }) => {
  const t = useTranslations('chat.place')
  const [latitude, longitude] = [place.latitude.toFixed(DIGITS), place.longitude.toFixed(DIGITS)]
  const map = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`
  return (
    <Card icon={<MapPin aria-hidden size={18} strokeWidth={1.75} />}>
      <Name className="wrap-anywhere font-medium">{place.title || t('title')}</Name>
      {place.address !== '' && <Name className="wrap-anywhere text-sm text-dim">{place.address}</Name>}
      <span className="ltr numeric text-sm text-dim">{`${latitude}, ${longitude}`}</span>
      <a href={map} {...OUTSIDE} className={LINK}>
        {t('open')}
        <ExternalLink aria-hidden size={14} className="mirror" />
      </a>
    </Card>
  )
}

/** Somebody whom the customer names, with a number to call. */
export const ContactCard = ({ contact }: { contact: Contact }) => {
  const t = useTranslations('chat.contact')
  const digits = contact.phone.replace(/[^\d+]/g, '')
  return (
    <Card icon={<UserRound aria-hidden size={18} strokeWidth={1.75} />}>
      <Name className="wrap-anywhere font-medium">{contact.name || t('nameless')}</Name>
      {digits !== '' && (
        <a href={`tel:${digits}`} className={LINK}>
          <bdi className="ltr numeric">{contact.phone}</bdi>
        </a>
      )}
    </Card>
  )
}
