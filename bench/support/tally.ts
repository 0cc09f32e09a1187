interface Stream {
  next: number
  /** Numbers below `next` that have not come. */
  gaps: Set<number>
}

/** What one receiver got of messages that every sender numbers from 0. */
export class Tally {
  delivered = 0
  duplicates = 0
  reordered = 0
  private readonly streams = new Map<number, Stream>()

  receive(sender: number, number: number) {
    const stream = this.streams.get(sender) ?? { next: 0, gaps: new Set() }
    this.streams.set(sender, stream)
    this.delivered++
    if (number >= stream.next) {
      for (let gap = stream.next; gap < number; gap++) stream.gaps.add(gap)
      stream.next = number + 1
    } else if (stream.gaps.delete(number)) this.reordered++
    else this.duplicates++
  }

  /** How many of the `sent` messages of a sender have not come. */
  missing(sender: number, sent: number): number {
    const stream = this.streams.get(sender)
    return stream ? sent - stream.next + stream.gaps.size : sent
  }
}
