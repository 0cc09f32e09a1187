/** Which words say that nothing reaches a customer: platforms give reasons of their own, and this one has a name here. */
export const reachOf = (reason: string): 'blocked' | 'unreachable' =>
  reason === 'blocked' ? 'blocked' : 'unreachable'
