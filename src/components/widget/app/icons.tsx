/** @jsxImportSource preact */
const Icon = ({
  d,
  isFilled = false,
  isMirrored = false,
}: {
  d: string
  isFilled?: boolean
  isMirrored?: boolean
}) => (
  <svg
    viewBox="0 0 24 24"
    width="20"
    height="20"
    aria-hidden="true"
    class={isMirrored ? 'mirrored' : undefined}
    fill={isFilled ? 'currentColor' : 'none'}
    stroke="currentColor"
    stroke-width={isFilled ? 0 : 2}
    stroke-linecap="round"
    stroke-linejoin="round"
  >
    <path d={d} />
  </svg>
)

export const CloseIcon = () => <Icon d="m6 6 12 12M18 6 6 18" />
export const SendIcon = () => <Icon isMirrored d="M4 12h15m-6-6 6 6-6 6" />
export const AttachIcon = () => (
  <Icon d="m20 11.5-8.2 8.2a5.2 5.2 0 0 1-7.4-7.4l8.3-8.2a3.5 3.5 0 0 1 5 4.9l-8.3 8.2a1.7 1.7 0 0 1-2.4-2.4l7.6-7.6" />
)
export const SoundIcon = ({ isOn }: { isOn: boolean }) => (
  <Icon
    d={
      isOn
        ? 'M4 9v6h4l5 4V5L8 9H4Zm13 0a4 4 0 0 1 0 6m2.5-9a8 8 0 0 1 0 12'
        : 'M4 9v6h4l5 4V5L8 9H4Zm13 1 4 4m0-4-4 4'
    }
  />
)
export const CheckIcon = () => <Icon d="m5 12.5 4.5 4.5L19 7.5" />
export const ReadIcon = () => <Icon d="m2 12.5 4.5 4.5L16 7.5m-5 8.5 1 1L21.5 7.5" />
export const FileIcon = () => (
  <Icon d="M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8l-5-5Zm0 0v5h5" />
)
