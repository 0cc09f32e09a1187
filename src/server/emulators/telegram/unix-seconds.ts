export function unixSeconds(ms: number): number {
  return Math.floor(ms / 1000)
}
