import type { RawData } from 'ws'
import { parseJson } from '../contract/json.ts'

export type Frame = Record<string, unknown> & { type?: unknown }

/** A client frame as an object, or the legacy text of what is wrong with it. */
export function readFrame(data: RawData, isBinary: boolean): Frame | string {
  if (isBinary) return 'Binary frames are not supported'
  try {
    const frame: unknown = parseJson(data.toString())
    return typeof frame === 'object' && frame !== null && !Array.isArray(frame)
      ? (frame as Frame)
      : 'Frame must be a JSON object'
  } catch {
    return 'Invalid JSON format'
  }
}
