import { Globe, MessagesSquare, Send } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'

/** Nothing is connected yet: the ways to a first message. */
export const FirstRun = ({ hasSimulator }: { hasSimulator: boolean }) => {
  const t = useTranslations('inbox.firstRun')
  return (
    <div className="mx-auto grid max-w-lg gap-6 px-6 py-10">
      <div className="grid gap-1">
        <h2 className="text-xl font-strong">{t('title')}</h2>
        <p className="text-dim">{t('why')}</p>
      </div>
      <div className="grid gap-3">
        <Card
          href="/settings/channels"
          title={t('telegram.title')}
          icon={<Send size={20} strokeWidth={1.75} />}
        >
          {t('telegram.why')}
        </Card>
        <Card
          href="/settings/channels"
          title={t('website.title')}
          icon={<Globe size={20} strokeWidth={1.75} />}
        >
          {t('website.why')}
        </Card>
        {hasSimulator && (
          <Card
            href="/simulator"
            title={t('simulator.title')}
            icon={<MessagesSquare size={20} strokeWidth={1.75} />}
          >
            {t('simulator.why')}
          </Card>
        )}
      </div>
    </div>
  )
}

const Card = ({
  href,
  title,
  icon,
  children,
}: {
  href: string
  title: string
  icon: ReactNode
  children: string
}) => (
  <Link
    href={href}
    className="flex gap-4 rounded-box border border-line bg-surface p-4 transition-colors duration-120 hover:border-firuze hover:bg-firuze-tint"
  >
    <span
      aria-hidden
      className="grid size-10 shrink-0 place-items-center rounded-card bg-firuze-tint text-firuze-ink"
    >
      {icon}
    </span>
    <span className="grid">
      <span className="font-strong">{title}</span>
      <span className="text-sm text-dim">{children}</span>
    </span>
  </Link>
)
