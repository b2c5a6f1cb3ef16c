import type { Logger } from '@spillway/application';

type Level = keyof Logger;

/** What a control plane logged, for the end of a test to look at. */
export class RecordedLog implements Logger {
  readonly lines: { readonly level: Level; readonly fields: object; readonly message: string }[] =
    [];

  info(fields: object, message: string): void {
    this.lines.push({ level: 'info', fields, message });
  }
  warn(fields: object, message: string): void {
    this.lines.push({ level: 'warn', fields, message });
  }
  error(fields: object, message: string): void {
    this.lines.push({ level: 'error', fields, message });
  }

  /** All that was logged, with what errors say. */
  get text(): string {
    return JSON.stringify(this.lines, errorsAsText);
  }

  /** Each would be a defect, or an outage that somebody forgot to foresee. */
  get errors(): readonly string[] {
    return this.lines
      .filter(({ level }) => level === 'error')
      .map(({ message, fields }) => `${message} ${JSON.stringify(fields, errorsAsText)}`);
  }
}

const errorsAsText = (_key: string, value: unknown): unknown =>
  value instanceof Error ? (value.stack ?? value.message) : value;
