const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A percentage as a bar. The least weight shows as a sliver: 0.01 % of live traffic is not none. */
export function bar(
  percent: number,
  width: number,
): { readonly full: string; readonly rest: string } {
  const exact = Math.round((percent / 100) * width * 8);
  const parts = percent > 0 ? Math.max(1, exact) : 0;
  // Only all of the traffic fills the bar.
  const drawn = percent < 100 ? Math.min(parts, width * 8 - 1) : width * 8;
  const full = '█'.repeat(Math.floor(drawn / 8)) + (eighths[drawn % 8] ?? '');
  return { full, rest: '░'.repeat(width - full.length) };
}
