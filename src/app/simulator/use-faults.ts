import { useCallback, useEffect, useState } from 'react'
import type { SimulatorFaults, SimulatorTrouble } from '../../server/contract/simulator.ts'
import { getFaults, postNormal, postTravel, postTrouble } from './api.ts'

/** What is to strike once goes by itself, so while anything is active it is asked again and again. */
const ASK_EVERY_MS = 2_000

/** What goes wrong now, and the ways to change it. */
export const useFaults = () => {
  const [state, setState] = useState<SimulatorFaults | null>(null)
  const [hasFailed, setFailed] = useState(false)
  const told = useCallback(async (asked: Promise<SimulatorFaults>) => {
    await asked.then(
      (faults) => {
        setState(faults)
        setFailed(false)
      },
      () => setFailed(true),
    )
  }, [])
  const isActive = (state?.faults.length ?? 0) > 0
  useEffect(() => void told(getFaults()), [told])
  useEffect(() => {
    if (!isActive) return
    const timer = setInterval(() => void told(getFaults()), ASK_EVERY_MS)
    return () => clearInterval(timer)
  }, [isActive, told])
  return {
    state,
    hasFailed,
    onTrouble: (trouble: SimulatorTrouble) => void told(postTrouble(trouble)),
    onTravel: (hours: 25 | 192) => void told(postTravel(hours)),
    onNormal: () => void told(postNormal()),
  }
}
