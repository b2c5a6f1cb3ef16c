const nanos: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

const whole = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/;
const part = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g;

/** A duration as Go and CEL write it (`1h30m`, `1.5s`), in nanoseconds. */
export function parseDuration(text: string): number | undefined {
  if (/^[+-]?0$/.test(text)) return 0;
  if (text.length > 64 || !whole.test(text)) return undefined;
  const sum = [...text.matchAll(part)].reduce(
    (total, [, amount, unit = '']) => total + Math.round(Number(amount) * (nanos[unit] ?? 0)),
    0,
  );
  return text.startsWith('-') ? -sum : sum;
}
