const UNITS = ['byte', 'kilobyte', 'megabyte'] as const
const STEP = 1024

/** "12 kB", "۳٫۴ مگابایت": what people compare, in the digits and words of the interface. */
export const fileSize = (bytes: number, locale: string): string => {
  const power = bytes < STEP ? 0 : bytes < STEP * STEP ? 1 : 2
  const value = bytes / STEP ** power
  const style = {
    style: 'unit',
    unit: UNITS[power],
    // English's short word for bytes has no plural.
    unitDisplay: locale === 'fa' || power === 0 ? 'long' : 'short',
  } as const
  return new Intl.NumberFormat(locale === 'fa' ? 'fa-IR' : 'en-GB', {
    ...style,
    maximumFractionDigits: value < 10 && power > 0 ? 1 : 0,
  }).format(value)
}
