import { Check, CheckCheck, Globe, Lock, Send } from 'lucide-react'
import type { ReactNode } from 'react'
import { Avatar } from '../ui/avatar.tsx'
import { cx } from '../ui/cx.ts'

/** A few lines of an ordinary morning, for the eye only. */
export const Scene = () => (
  <div
    aria-hidden
    inert
    className="relative hidden overflow-hidden border-s bg-surface min-[960px]:grid min-[960px]:place-items-center"
  >
    <CourierPath />
    <div className="relative grid w-full max-w-115 gap-3 px-8">
      <Customer name="مریم" seed="maryam" channel="telegram" lang="fa">
        سلام، سفارش ۸۴۱۲ هنوز نرسیده. کد رهگیری <bdi className="whitespace-nowrap">TRK-99-2214</bdi> چیزی نشان
        نمی‌دهد.
      </Customer>
      <Note lang="fa">انبار می‌گوید دیروز فرستاده‌اند.</Note>
      <Own lang="fa">سلام مریم جان، همین حالا پیگیری می‌کنم.</Own>
      <Customer name="Jonas" seed="jonas" channel="website" lang="en">
        Perfect, that fixed it. Thank you!
      </Customer>
      <Own lang="en" read>
        Glad it did. Have a good day, Jonas.
      </Own>
    </div>
  </div>
)

// A dashed way that wanders behind the words, from one customer to the next.
const CourierPath = () => (
  <svg
    viewBox="0 0 600 900"
    preserveAspectRatio="xMidYMid slice"
    className="mirror absolute inset-0 size-full text-firuze opacity-35"
  >
    <title>Peyk</title>
    <path
      d="M-20 110 C 160 40, 300 120, 250 250 S 40 400, 120 520 S 470 560, 500 690 S 380 860, 640 880"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeDasharray="1 9"
      strokeLinecap="round"
    />
  </svg>
)

const CHANNELS = {
  telegram: { icon: <Send size={10} />, colour: 'bg-telegram' },
  website: { icon: <Globe size={10} />, colour: 'bg-website' },
} as const

interface CustomerProps {
  name: string
  seed: string
  channel: keyof typeof CHANNELS
  lang: 'fa' | 'en'
  children: ReactNode
}

const Customer = ({ name, seed, channel, lang, children }: CustomerProps) => (
  <div className="flex items-end gap-3">
    <Avatar
      name={name}
      seed={seed}
      badge={
        <span
          className={cx(
            'grid size-4.5 place-items-center rounded-full text-white ring-2 ring-surface',
            CHANNELS[channel].colour,
          )}
        >
          {CHANNELS[channel].icon}
        </span>
      }
    />
    <Bubble lang={lang} className="rounded-es-[5px] border-line bg-canvas">
      {children}
    </Bubble>
  </div>
)

const Own = ({
  lang,
  read = false,
  children,
}: {
  lang: 'fa' | 'en'
  read?: boolean
  children: ReactNode
}) => (
  <div className="flex justify-end">
    <Bubble lang={lang} className="rounded-ee-[5px] border-own-line bg-own">
      {children}
    </Bubble>
    <span className="ms-1.5 self-end pb-1 text-firuze-ink">
      {read ? <CheckCheck size={14} /> : <Check size={14} />}
    </span>
  </div>
)

const Note = ({ lang, children }: { lang: 'fa' | 'en'; children: ReactNode }) => (
  <div className="flex justify-end">
    <Bubble lang={lang} className="border-dashed border-zaferan-line bg-zaferan-tint">
      <span className="flex items-center gap-2">
        <Lock size={13} className="shrink-0 text-zaferan-ink" />
        {children}
      </span>
    </Bubble>
  </div>
)

const Bubble = ({ lang, className, children }: { lang: string; className: string; children: ReactNode }) => (
  <div className={cx('max-w-[84%] rounded-bubble border px-3.5 py-2', className)}>
    <div lang={lang} dir="auto" className="leading-relaxed">
      {children}
    </div>
  </div>
)
