import { ControlError, notFound } from './control-error.ts'

type Row = { verb: string; path: string }

/** The row of the table that answers this verb and path, and what stands for each `#` of its path. */
export function findRoute<Route extends Row>(
  routes: readonly Route[],
  { verb, path, id }: { verb: string; path: string; id: RegExp },
): { route: Route; ids: string[] } {
  const matching = routes.flatMap((route) => {
    const ids = matchPath(route.path, path, id)
    return ids === null ? [] : [{ route, ids }]
  })
  if (matching.length === 0) throw notFound('route')
  const found = matching.find(({ route }) => route.verb === verb)
  if (!found) throw new ControlError(405, 'method_not_allowed', `${verb} is not possible here`)
  return found
}

/** What stands where the pattern has `#`, or null; `id` is what may stand there. */
export function matchPath(pattern: string, path: string, id: RegExp): string[] | null {
  const expression = new RegExp(`^${pattern.replaceAll('#', `(${id.source})`)}/?$`)
  return expression.exec(path)?.slice(1) ?? null
}
