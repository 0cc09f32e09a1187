/** Where a visitor of a website stands. The conversation is null while they have said nothing. */
export interface VisitorThread {
  customerId: number
  name: string | null
  email: string | null
  conversationId: string | null
  lastSeq: number
  answeredSeq: number
  seenSeq: number
  /** Shown messages of ours above `seenSeq`. */
  unread: number
}

export interface ReplyTimes {
  /** Of how many answers the median is. */
  count: number
  medianSeconds: number
}

/** What websites ask about their visitors. */
export interface Visitors {
  /** Null of somebody who never wrote. */
  find(place: { workspaceId: number; channelId: number; sourceId: string }): Promise<VisitorThread | null>
  /**
   * Makes what a browser said before its person was known that person's own, where they have said nothing yet. Answers
   * whether anything changed.
   */
  adopt(
    from: { workspaceId: number; channelId: number; sourceId: string },
    sourceId: string,
  ): Promise<boolean>
  /** True where any website of this instance allows pages of this origin. */
  isAllowedSomewhere(origin: string): Promise<boolean>
  /** How long customers of a channel waited for a person's answer, in its newest conversations since then. */
  replyTimes(channelId: number, since: number): Promise<ReplyTimes>
}
