import { Feather } from 'lucide-react'

/** The courier's feather and its name. */
export const Brand = ({ name }: { name: string }) => (
  <span className="flex items-center gap-2.5">
    <span
      aria-hidden
      className="grid size-8.5 shrink-0 place-items-center rounded-[10px] bg-firuze text-on-firuze"
    >
      <Feather size={19} className="mirror" />
    </span>
    <span className="text-lg font-strong">{name}</span>
  </span>
)
