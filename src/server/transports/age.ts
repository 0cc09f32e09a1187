/** Seconds since a message was accepted; two machines' clocks may differ, and none is younger than now. */
export const ageOf = ({ createdAt }: { createdAt: string }): number =>
  Math.max(0, Date.now() - Date.parse(createdAt)) / 1_000

/** True of a message that was accepted before `instant`. */
export const isBefore = (instant: number, { createdAt }: { createdAt: string }): boolean =>
  Date.parse(createdAt) < instant
