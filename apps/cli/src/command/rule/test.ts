import type { Command } from 'commander';
import type { RuleDocument } from '@spillway/sdk';
import { readManifests } from '../../manifest/read-manifests.js';
import { readInput } from '../../read-input.js';
import { ruleTestText } from '../../render/rule.js';
import type { Runner, Session } from '../../session.js';
import { UsageError } from '../../usage-error.js';
import { examples } from '../examples.js';

interface TestOptions {
  readonly delivery?: string;
  readonly webhook?: string;
  readonly event?: string;
  readonly payload?: string;
  readonly file?: string;
}

export function addRuleTest(rule: Command, runner: Runner): void {
  rule
    .command('test')
    .description('What would come of a delivery: which rule, which release, and why not')
    .option('--delivery <id>', 'a delivery that came')
    .option('--webhook <name>', 'the webhook that the payload would be sent to')
    .option('--event <event>', 'what X-GitHub-Event would say; of GitHub only')
    .option('--payload <path>', 'JSON, as it would be sent; "-" reads standard input')
    .option('-f, --file <path>', 'a rule to try before it is applied')
    .addHelpText(
      'after',
      examples(
        'spillway rule test --webhook github --event deployment_status --payload status.json',
        'spillway rule test --delivery 6f1c2c1e-4f0e-4c0c-9f5e-0d1f4a1c7d11',
      ),
    )
    .action(
      runner.run(async (session, { payload, file, ...given }: TestOptions) => {
        const found = await session.client.rules.test({
          ...given,
          ...(payload === undefined ? {} : { payload: await jsonIn(session, payload) }),
          ...(file === undefined ? {} : { rule: await ruleIn(session, file) }),
        });
        session.print(found, () => ruleTestText(found));
      }),
    );
}

async function jsonIn({ io }: Session, path: string): Promise<unknown> {
  const text = await readInput(io, path);
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`"${path}" is not JSON.`, 'Give the payload as it would be sent.');
  }
}

async function ruleIn({ io }: Session, file: string): Promise<RuleDocument> {
  const [rule, ...others] = readManifests(await readInput(io, file), { file, only: 'Rule' });
  if (rule === undefined || others.length > 0) {
    throw new UsageError(`"${file}" has ${others.length + 1} rules.`, 'Try one at a time.');
  }
  return rule.body as RuleDocument;
}
