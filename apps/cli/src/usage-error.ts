/** What was typed or written in a file cannot be meant so. Nothing was sent. */
export class UsageError extends Error {
  override readonly name = 'UsageError';

  constructor(
    message: string,
    readonly next: string,
  ) {
    super(message);
  }
}
