import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { holdConnections, type ShownConnection } from '../../../../components/security/held-connections.ts'
import { useTRPC } from '../../../_client/trpc.ts'

const REFRESH_MS = 3_000

/** Who is connected, every few seconds; `hold` keeps every row where it is. */
export const useConnections = () => {
  const query = useTRPC().connections.list.queryOptions(undefined, {
    refetchInterval: REFRESH_MS,
    staleTime: 0,
  })
  const { data, isError, refetch } = useQuery(query)
  const [isHeld, hold] = useState(false)
  const [rows, setRows] = useState<ShownConnection[]>([])
  useEffect(() => {
    if (data) setRows((shown) => holdConnections(shown, data.connections, isHeld))
  }, [data, isHeld])
  return { rows, total: data?.total ?? null, isError, refetch, hold }
}
