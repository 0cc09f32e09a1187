import type { Signal } from '../../contract/event.ts'
import type { Bus } from '../ports/live.ts'

export const signalTopic = (workspaceId: number) => `signals:${workspaceId}`

export const publishSignal = (bus: Bus, workspaceId: number, signal: Signal) =>
  bus.publish(signalTopic(workspaceId), signal)
