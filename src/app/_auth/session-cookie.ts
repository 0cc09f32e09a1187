const MAX_CHUNKS = 8

interface Cookie {
  name: string
  value: string
}

/**
 * The cookies that make up the session, and no others. next-auth takes every cookie whose name begins like its own, so a
 * neighbouring subdomain could end a session with `next-auth.session-tokenX`.
 */
export const sessionCookies = (cookies: readonly Cookie[], name: string): Record<string, string> => {
  const values = new Map(cookies.map(({ name, value }) => [name, value]))
  return Object.fromEntries(whole(values, name) ?? chunks(values, name))
}

const whole = (values: Map<string, string>, name: string): [string, string][] | undefined => {
  const value = values.get(name)
  return value === undefined ? undefined : [[name, value]]
}

const chunks = (values: Map<string, string>, name: string): [string, string][] => {
  const found: [string, string][] = []
  for (let index = 0; index < MAX_CHUNKS; index++) {
    const value = values.get(`${name}.${index}`)
    if (value === undefined) break
    found.push([`${name}.${index}`, value])
  }
  return found
}
