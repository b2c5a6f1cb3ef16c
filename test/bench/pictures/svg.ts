/** A drawing of so many pixels, told also to those who cannot see it. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly description: string;
  readonly body: readonly string[];
}

/**
 * Paper is drawn too: a page may be dark where the reader's system is light, and then only a
 * picture that brings its own paper can be read.
 */
const style = `
text { font: 13px system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif; fill: #1f2328; }
.head { font-weight: 600; font-size: 15px; }
.soft { fill: #59636e; }
.small { font-size: 12px; }
.paper { fill: #ffffff; stroke: #d1d9e0; }
.grid { stroke: #e3e8ed; }
.axis { stroke: #818b98; }
.line { fill: none; stroke-width: 2; stroke-linejoin: round; }
.thin { fill: none; stroke-width: 1; stroke-opacity: 0.4; stroke-linejoin: round; }
.band { fill-opacity: 0.18; stroke: none; }
.dashed { stroke-dasharray: 6 4; }
.candidate { stroke: #bc4c00; } .candidate-fill { fill: #bc4c00; }
.stable { stroke: #0969da; } .stable-fill { fill: #0969da; }
.stop { stroke: #cf222e; } .stop-fill { fill: #cf222e; }
.good { stroke: #1a7f37; } .good-fill { fill: #1a7f37; }
.idle { stroke: #818b98; } .idle-fill { fill: #818b98; }
.on { fill: #ffffff; }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3; }
.soft { fill: #9da7b3; }
.paper { fill: #0f141b; stroke: #2f3742; }
.grid { stroke: #232a33; }
.axis { stroke: #6e7884; }
.candidate { stroke: #f0883e; } .candidate-fill { fill: #f0883e; }
.stable { stroke: #58a6ff; } .stable-fill { fill: #58a6ff; }
.stop { stroke: #ff7b72; } .stop-fill { fill: #ff7b72; }
.good { stroke: #3fb950; } .good-fill { fill: #3fb950; }
.idle { stroke: #6e7884; } .idle-fill { fill: #6e7884; }
.on { fill: #0f141b; }
}`;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Tenths of a pixel: finer is seen by nobody, and last digits may differ between machines. */
const px = (value: number): string => String(Math.round(value * 10) / 10);

export type Point = readonly [x: number, y: number];

interface Written {
  readonly of?: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  /** Degrees around its point. */
  readonly turned?: number;
}

export function text([x, y]: Point, words: string, written: Written = {}): string {
  const { of = '', anchor = 'start', turned } = written;
  const turn = turned === undefined ? '' : ` transform="rotate(${turned} ${px(x)} ${px(y)})"`;
  const classes = of === '' ? '' : ` class="${of}"`;
  const side = anchor === 'start' ? '' : ` text-anchor="${anchor}"`;
  return `<text x="${px(x)}" y="${px(y)}"${classes}${side}${turn}>${escaped(words)}</text>`;
}

const list = (points: readonly Point[]): string =>
  points.map(([x, y]) => `${px(x)},${px(y)}`).join(' ');

export const line = (points: readonly Point[], of: string): string =>
  `<polyline class="${of}" points="${list(points)}"/>`;

export const area = (points: readonly Point[], of: string): string =>
  `<polygon class="${of}" points="${list(points)}"/>`;

export const dot = ([x, y]: Point, of: string, radius = 4): string =>
  `<circle class="${of}" cx="${px(x)}" cy="${px(y)}" r="${radius}"/>`;

export function rect([x, y]: Point, [width, height]: Point, of: string, radius = 0): string {
  const round = radius === 0 ? '' : ` rx="${radius}"`;
  return `<rect class="${of}" x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}"${round}/>`;
}

export const draw = ({ width, height, title, description, body }: Drawing): string =>
  `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="description">${escaped(description)}</desc>`,
    `<style>${style}\n</style>`,
    rect([0.5, 0.5], [width - 1, height - 1], 'paper', 8),
    text([20, 30], title, { of: 'head' }),
    ...body,
    '</svg>',
  ].join('\n')}\n`;
