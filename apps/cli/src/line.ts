/** Answers of what stands before a server that is away, or that cannot serve. */
const standIns = new Set([502, 503, 504]);

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
      if (standIns.has(response.status)) this.lostAt ??= this.now();
      else this.lostAt = undefined;
      return response;
    } catch (thrown) {
      this.lostAt ??= this.now();
      throw thrown;
    }
  };
}
