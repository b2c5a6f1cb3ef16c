import type { Terminal } from '../io.js';

const control = '\u001b[';
const hideCursor = `${control}?25l`;
const showCursor = `${control}?25h`;
/** Long lines are cut by the terminal: a line that wrapped would put the next picture in the wrong row. */
const wrapOff = `${control}?7l`;
const wrapOn = `${control}?7h`;
const clearToEndOfLine = `${control}K`;
const clearBelow = `${control}J`;
const clearAll = `${control}2J${control}H`;
const up = (rows: number): string => (rows === 0 ? '' : `${control}${rows}A`);

/**
 * A few lines of the terminal that are drawn over and over. Each picture is
 * one write, and lines are overwritten rather than cleared first, so nothing flickers.
 */
export class LiveScreen {
  private rows = 0;
  private shown = false;

  constructor(private readonly terminal: Pick<Terminal, 'write'>) {}

  show(lines: readonly string[]): void {
    const before = this.shown ? '' : hideCursor + wrapOff;
    const text = lines.map((line) => `${line}${clearToEndOfLine}\n`).join('');
    this.terminal.write(`${before}${up(this.rows)}\r${text}${clearBelow}`);
    this.rows = lines.length;
    this.shown = true;
  }

  /** The terminal has another size and may have wrapped what was drawn: nobody knows what is where. */
  forget(): void {
    if (!this.shown) return;
    this.terminal.write(clearAll);
    this.rows = 0;
  }

  /** The last picture stays; what comes next goes below it. */
  leave(): void {
    if (this.shown) this.terminal.write(wrapOn + showCursor);
    this.shown = false;
  }
}
