/** What older clients are told of a channel that takes nothing. */
export const serviceUnavailable = (source: string): string =>
  `${source.charAt(0).toUpperCase()}${source.slice(1)} service not available`
