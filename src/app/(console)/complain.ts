const COMPLAINT = 'peyk:complaint'

/** Says that something the person asked for did not happen. */
export const complain = (sentence: string): void => {
  window.dispatchEvent(new CustomEvent<string>(COMPLAINT, { detail: sentence }))
}

/** Hears complaints until the returned function is called. */
export const onComplaint = (hear: (sentence: string) => void): (() => void) => {
  const listener = (event: Event) => hear((event as CustomEvent<string>).detail)
  window.addEventListener(COMPLAINT, listener)
  return () => window.removeEventListener(COMPLAINT, listener)
}
