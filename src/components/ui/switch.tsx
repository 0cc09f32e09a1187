import { cx } from './cx.ts'

interface Props {
  label: string
  isOn: boolean
  isDisabled?: boolean
  /** The id of the words that say what it means now. */
  describedBy?: string
  onChange: (isOn: boolean) => void
}

/** Something that is on or off, at once. Its place says it, besides its colour. */
export const Switch = ({ label, isOn, isDisabled, describedBy, onChange }: Props) => (
  <button
    type="button"
    role="switch"
    aria-checked={isOn}
    aria-label={label}
    aria-describedby={describedBy}
    disabled={isDisabled}
    onClick={() => onChange(!isOn)}
    className={cx(
      'relative h-6 w-10.5 shrink-0 rounded-full border transition-colors duration-120 before:absolute before:-inset-2.5 disabled:opacity-60',
      isOn ? 'border-firuze bg-firuze' : 'border-edge bg-surface',
    )}
  >
    <span
      className={cx(
        'absolute inset-bs-0.75 size-4 rounded-full transition-[inset-inline-start] duration-120',
        isOn ? 'inset-s-5.25 bg-on-firuze' : 'inset-s-0.75 bg-edge',
      )}
    />
  </button>
)
