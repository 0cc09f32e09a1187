import { useCallback, useEffect, useState } from 'react'
import type { SimulatorCast } from '../../server/contract/simulator.ts'
import { getCast } from './api.ts'

export type Cast = { phase: 'loading' } | { phase: 'failed' } | { phase: 'ready'; cast: SimulatorCast }

/** The demo's customers and the bot that they write to. */
export const useCast = () => {
  const [state, setState] = useState<Cast>({ phase: 'loading' })
  const reload = useCallback(async () => {
    setState({ phase: 'loading' })
    await getCast().then(
      (cast) => setState({ phase: 'ready', cast }),
      () => setState({ phase: 'failed' }),
    )
  }, [])
  useEffect(() => void reload(), [reload])
  return { state, reload }
}
