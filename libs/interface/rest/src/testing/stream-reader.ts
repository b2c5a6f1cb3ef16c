/** Reads an event stream block by block, as it comes. */
export class StreamReader {
  private unread = '';
  private readonly reader: ReadableStreamDefaultReader<Uint8Array>;

  constructor(body: ReadableStream<Uint8Array> | null) {
    if (body === null) throw new Error('the answer has no body');
    this.reader = body.getReader();
  }

  /** The next block, or `undefined` when the server ended the stream. */
  async next(): Promise<string | undefined> {
    for (;;) {
      const end = this.unread.indexOf('\n\n');
      if (end !== -1) {
        const block = this.unread.slice(0, end);
        this.unread = this.unread.slice(end + 2);
        return block;
      }
      const { done, value } = await this.reader.read();
      if (done) return undefined;
      this.unread += new TextDecoder().decode(value);
    }
  }

  /** The next block that is no comment. */
  async nextEvent(): Promise<string | undefined> {
    let block = await this.next();
    while (block?.startsWith(':') === true) block = await this.next();
    return block;
  }

  cancel = (): Promise<void> => this.reader.cancel();
}
