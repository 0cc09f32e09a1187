import { describeAmendments } from './journal-amend.suite.ts'
import { describeChanges } from './journal-changes.suite.ts'
import { describeHeldMessages } from './journal-held.suite.ts'
import { describeHidden } from './journal-hidden.suite.ts'
import { describeLog } from './journal-log.suite.ts'
import { describeMessageChanges } from './journal-message-changes.suite.ts'
import { describeAppendedMessages } from './journal-messages.suite.ts'
import { describeOpening } from './journal-opening.suite.ts'
import { describeToldBack } from './journal-told-back.suite.ts'
import { describeWindow } from './journal-window.suite.ts'
import { type OpenStores, storesOf } from './stores.testing.ts'

/** What every journal promises. */
export function describeJournal(open: OpenStores) {
  const opened = storesOf(open)
  describeAppendedMessages(opened)
  describeOpening(opened)
  describeChanges(opened)
  describeAmendments(opened)
  describeHeldMessages(opened)
  describeHidden(opened)
  describeMessageChanges(opened)
  describeToldBack(opened)
  describeLog(opened)
  describeWindow(opened)
}
