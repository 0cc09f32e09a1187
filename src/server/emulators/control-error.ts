/** What the control API refuses, with the HTTP status it is answered with. */
export class ControlError extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

export function notFound(what: string): ControlError {
  return new ControlError(404, 'not_found', `${what} not found`)
}

export function invalidInput(message: string): ControlError {
  return new ControlError(400, 'invalid_input', message)
}
