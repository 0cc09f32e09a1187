const MINUTE_MS = 60_000
const HOUR_MINUTES = 60
const DAY_HOURS = 24

type Unit = 'day' | 'hour' | 'minute'

/** A span in its two largest units, such as "3 hours 20 minutes", never shorter than it is shown to be. */
export function durationWords(ms: number, locale: string): string {
  const minutes = Math.ceil(ms / MINUTE_MS)
  const hours = Math.floor(minutes / HOUR_MINUTES)
  const days = Math.floor(hours / DAY_HOURS)
  if (days >= 2)
    return words(
      [
        [days, 'day'],
        [hours % DAY_HOURS, 'hour'],
      ],
      locale,
    )
  if (hours >= 1)
    return words(
      [
        [hours, 'hour'],
        [minutes % HOUR_MINUTES, 'minute'],
      ],
      locale,
    )
  return words([[minutes, 'minute']], locale)
}

function words(parts: [number, Unit][], locale: string): string {
  const tag = locale === 'fa' ? 'fa-IR' : 'en-GB'
  const told = parts.filter(([value], index) => index === 0 || value > 0)
  const spelled = told.map(([value, unit]) =>
    new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'long' }).format(value),
  )
  return spelled.join(locale === 'fa' ? ' و ' : ' ')
}
