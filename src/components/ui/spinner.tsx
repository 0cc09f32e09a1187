import { LoaderCircle } from 'lucide-react'

/** Work under way. Give `label` where nothing else says it. */
export const Spinner = ({ label, size = 16 }: { label?: string; size?: number }) => (
  <span role={label ? 'status' : undefined} className="inline-grid place-items-center">
    <LoaderCircle aria-hidden size={size} strokeWidth={2} className="animate-turn" />
    {label && <span className="sr-only">{label}</span>}
  </span>
)
