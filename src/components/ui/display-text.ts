const BIDI_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f]/g
const CONTROL_PICTURES = 0x2400
const DELETE_PICTURE = '\u2421'

/**
 * A stored text as it may be shown: characters that turn the reading order of what surrounds them are dropped, other
 * control characters are made visible. The zero-width non-joiner is a Persian letter's and stays.
 */
export const displayText = (text: string): string =>
  text.replace(BIDI_CONTROLS, '').replace(/\r\n?/g, '\n').replace(CONTROLS, pictureOf)

/** The same on one line, for rows and titles. */
export const displayLine = (text: string): string => displayText(text).replace(/\s+/g, ' ').trim()

/** The same where only plain text may stand: first-strong isolates do what <bdi> does elsewhere. */
export const isolated = (name: string): string => `\u2068${displayLine(name)}\u2069`

const pictureOf = (character: string) =>
  character === '\u007f' ? DELETE_PICTURE : String.fromCharCode(CONTROL_PICTURES + character.charCodeAt(0))

/** Where nothing has a direction of its own, as in a line of emoji, the interface's holds: "auto" would take it from left to right. */
export const ownDirection = (text: string): 'auto' | undefined => (/\p{L}/u.test(text) ? 'auto' : undefined)
