/** What was looked at, how it is, and what can be done where it is not well. */
export interface Finding {
  readonly check: string;
  /** `warning`: it works, but will hurt one day. */
  readonly state: 'ok' | 'warning' | 'failed';
  readonly detail: string;
  readonly next?: string;
}

export const fine = (check: string, detail: string): Finding => ({ check, state: 'ok', detail });

export const warning = (check: string, detail: string, next: string): Finding => ({
  check,
  state: 'warning',
  detail,
  next,
});

export const failed = (check: string, detail: string, next: string): Finding => ({
  check,
  state: 'failed',
  detail,
  next,
});
