/** Hears on each call whether the server answers; a watch that waits patiently shows it. */
export class Line {
  private lostAt: number | undefined;

  constructor(private readonly now: () => number) {}

  /** Since when nobody has answered; `undefined` while all is well. */
  get lostSince(): number | undefined {
    return this.lostAt;
  }

  /** `fetch`, overheard. */
  listenTo = async (request: Request): Promise<Response> => {
    try {
      const response = await globalThis.fetch(request);
      this.lostAt = undefined;
      return response;
    } catch (thrown) {
      this.lostAt ??= this.now();
      throw thrown;
    }
  };
}
