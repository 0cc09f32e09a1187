interface Rgb {
  r: number
  g: number
  b: number
}

const parse = (hex: string): Rgb => ({
  r: Number.parseInt(hex.slice(1, 3), 16),
  g: Number.parseInt(hex.slice(3, 5), 16),
  b: Number.parseInt(hex.slice(5, 7), 16),
})

const spell = ({ r, g, b }: Rgb): string =>
  `#${[r, g, b].map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`

const linear = (part: number): number => {
  const share = part / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}

/** Relative luminance as WCAG has it: of light, not of the numbers in the colour's name. */
const luminance = (hex: string): number => {
  const { r, g, b } = parse(hex)
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}

export const contrast = (one: string, other: string): number => {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

const DARK = '#10191c'
const LIGHT = '#ffffff'

/** The ink that is easier to read on a colour. */
export const inkOn = (accent: string): string =>
  contrast(accent, LIGHT) >= contrast(accent, DARK) ? LIGHT : DARK

const mix = (one: string, other: string, share: number): string => {
  const [a, b] = [parse(one), parse(other)]
  const between = (from: number, to: number) => from + (to - from) * share
  return spell({ r: between(a.r, b.r), g: between(a.g, b.g), b: between(a.b, b.b) })
}

const STEPS = 20

/** The accent as far darkened or lightened as text of it needs on that surface. */
export const readable = (accent: string, surface: string, least: number): string => {
  const towards = luminance(surface) > 0.4 ? '#000000' : '#ffffff'
  for (let step = 0; step < STEPS; step++) {
    const colour = mix(accent, towards, step / STEPS)
    if (contrast(colour, surface) >= least) return colour
  }
  return towards
}
