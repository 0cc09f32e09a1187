/** A row of the table of errors: what Graph says for a code and subcode. */
export type ErrorRow = {
  code: number
  subcode?: number
  status: number
  message: string
  type?: string
  transient?: boolean
  title?: string
  userMessage?: string
}

const NOT_FOUND =
  "Unsupported request. Object with ID '0' does not exist, cannot be loaded due to missing permissions, or does not support this operation"
const OUTSIDE = '(#10) This message is sent outside of allowed window.'
const TOO_MANY = 'There have been too many calls to this Instagram account. Wait a bit and try again.'
const GRAPH_METHOD = 'GraphMethodException'

export const ERROR_TABLE: readonly ErrorRow[] = [
  { code: 190, status: 400, message: 'Invalid OAuth access token - Cannot parse access token' },
  {
    code: 190,
    subcode: 458,
    status: 401,
    message: 'Error validating access token: The user has not authorized application.',
  },
  {
    code: 190,
    subcode: 460,
    status: 401,
    message:
      'Error validating access token: The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.',
  },
  { code: 190, subcode: 463, status: 401, message: 'Error validating access token: Session has expired.' },
  {
    code: 190,
    subcode: 467,
    status: 401,
    message: 'Error validating access token: The session is invalid because the user logged out.',
  },
  { code: 10, subcode: 2018278, status: 400, message: OUTSIDE },
  {
    code: 10,
    subcode: 2534022,
    status: 400,
    message: OUTSIDE,
    title: 'Message not sent',
    userMessage: 'This message is sent outside of the allowed window.',
  },
  { code: 10, status: 403, message: '(#10) Application does not have permission for this action' },
  {
    code: 200,
    status: 403,
    message:
      '(#200) The account does not allow access to its messages. Message requests may be switched off in the app.',
  },
  { code: 230, status: 403, message: '(#230) User consent is required to access user profile' },
  {
    code: 3,
    status: 400,
    message: '(#3) Application does not have the capability to make this API call.',
  },
  { code: 100, status: 400, message: '(#100) Invalid parameter', type: 'IGApiException' },
  { code: 100, subcode: 33, status: 400, message: NOT_FOUND, type: GRAPH_METHOD },
  { code: 100, subcode: 2018001, status: 400, message: '(#100) No matching user found' },
  { code: 100, subcode: 2018008, status: 400, message: '(#100) Failed to fetch the file from the url' },
  {
    code: 100,
    subcode: 2018047,
    status: 400,
    message:
      '(#100) Upload attachment failure. A common way to trigger this error is that the provided media type does not match type of file provided in the URL',
  },
  {
    code: 100,
    subcode: 2534014,
    status: 400,
    message: '(#100) The requested user cannot be found.',
    type: 'IGApiException',
  },
  { code: 551, subcode: 1545041, status: 400, message: "(#551) This person isn't available right now." },
  { code: 613, status: 400, message: '(#613) Calls to this api have exceeded the rate limit.' },
  { code: 4, status: 403, message: '(#4) Application request limit reached' },
  { code: 17, status: 400, message: '(#17) User request limit reached' },
  { code: 32, status: 403, message: '(#32) Page request limit reached' },
  { code: 80002, status: 400, message: `(#80002) ${TOO_MANY}` },
  { code: 80006, status: 400, message: `(#80006) ${TOO_MANY}` },
  { code: 1, status: 500, message: 'An unknown error has occurred.' },
  { code: 1, subcode: 99, status: 500, message: 'An unknown error occurred' },
  { code: 1, subcode: 1357046, status: 500, message: 'Received an invalid JSON reply from the endpoint' },
  { code: 2, status: 500, message: '(#2) Service temporarily unavailable', transient: true },
  {
    code: 2,
    subcode: 1545133,
    status: 500,
    message: '(#2) Service temporarily unavailable',
    transient: true,
  },
  {
    code: 1200,
    status: 400,
    message: '(#1200) Temporary send message failure. Please try again later.',
    transient: true,
  },
  {
    code: 368,
    status: 400,
    message: '(#368) The action attempted has been deemed abusive or is otherwise disallowed',
  },
  { code: 100, subcode: 2534001, status: 400, message: '(#100) This thread has been archived or deleted.' },
  {
    code: 10,
    subcode: 2534025,
    status: 400,
    message: '(#10) A private reply has already been sent to this comment.',
  },
  { code: 10, subcode: 2534013, status: 400, message: '(#10) This comment can no longer be replied to.' },
  { code: 101, status: 400, message: 'Error validating client secret.' },
  { code: 104, status: 400, message: 'An access token is required to request this resource.' },
  { code: 452, status: 400, message: 'Session key invalid. The token is not of the kind that is exchanged.' },
]

/** What the table says; a code that is not in it is an error all the same. */
export function errorRow(code: number, subcode?: number): ErrorRow {
  const exact = ERROR_TABLE.find((row) => row.code === code && row.subcode === subcode)
  return exact ?? { code, subcode, status: 400, message: `(#${code}) An error occurred` }
}
