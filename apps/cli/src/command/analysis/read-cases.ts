import { judgeCase, type AnalysisVerdict } from '@spillway/interface-contract';
import type { Refusal } from '@spillway/kernel';
import type { Io } from '../../io.js';
import { readInput } from '../../read-input.js';
import { UsageError } from '../../usage-error.js';

const schema = 'docs/schemas/analysis-cases.schema.json';

/** So many wrong cases are named; the rest is counted. */
const shownCases = 10;

/**
 * A verdict for each case, in order. Either all cases can be judged, or none is: a list with gaps
 * would pass for a complete one.
 */
export async function judgeCases(io: Io, path: string): Promise<readonly AnalysisVerdict[]> {
  const cases = listOf(await readInput(io, path), path);
  const judged = cases.map(judgeCase);
  const wrong = judged.flatMap((one, index) => (one.ok ? [] : [complaint(one.error, index)]));
  if (wrong.length > 0) {
    const more = wrong.length > shownCases ? ` And ${wrong.length - shownCases} more.` : '';
    throw new UsageError(
      `${wrong.slice(0, shownCases).join(' ')}${more}`,
      `Correct it; nothing was judged. ${schema} has every field.`,
    );
  }
  return judged.flatMap((one) => (one.ok ? [one.value] : []));
}

function complaint({ message, field }: Refusal, index: number): string {
  const place = `cases[${index}]`;
  if (field !== undefined) return `${place}.${message}`;
  const said = message.replace(/^The document/, '');
  return said === message ? `${place}: ${message}` : `${place}${said}`;
}

function listOf(text: string, path: string): readonly unknown[] {
  const cases = jsonOf(text, path);
  if (Array.isArray(cases)) return cases;
  throw new UsageError(
    `"${path}" is no list of cases.`,
    'Write [{"judge": …, "settings": {…}, "measurements": {…}}].',
  );
}

function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new UsageError(
      `"${path}" is no JSON: ${reason}.`,
      'JSON has no NaN and no Infinity: write null, "NaN" or "Infinity".',
    );
  }
}
