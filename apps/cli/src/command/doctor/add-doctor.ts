import type { Command } from 'commander';
import { readConfig } from '../../context/config-file.js';
import { exitCode } from '../../exit-code.js';
import type { Paint, Tone } from '../../render/paint.js';
import { printable } from '../../render/printable.js';
import type { Desk, Runner } from '../../session.js';
import { settingsOf } from '../../settings.js';
import { UsageError } from '../../usage-error.js';
import { examples } from '../examples.js';
import { examine } from './examine.js';
import type { Finding } from './finding.js';
import { loginFile, whichServer } from './where.js';

const about = `
It looks at the address, the login, TLS, the server and what that needs, the clocks, the token and
every cluster. Each finding that is not well says what to do. Exits 1 when something has failed; a
warning alone does not count.
`;

export function addDoctor(program: Command, runner: Runner): void {
  program
    .command('doctor')
    .description('Find out why spillway does not work from here, and what to do')
    .addHelpText('after', about)
    .addHelpText('after', examples('spillway doctor', 'spillway doctor -o json'))
    .action(
      runner.runOffline(async (desk) => {
        const findings = await findingsOf(desk);
        desk.print(findings, () => findings.map((finding) => textOf(finding, desk.paint)).join(''));
        const isWell = findings.every(({ state }) => state !== 'failed');
        return isWell ? exitCode.succeeded : exitCode.failed;
      }),
    );
}

async function findingsOf(desk: Desk): Promise<readonly Finding[]> {
  const { io, options } = desk;
  const { url, finding } = await whichServer(io, options);
  const token = await tokenFor(desk, url);
  return [finding, ...(await loginFile(io)), ...(await examine({ io, url, token }))];
}

/** What every other command would send there. */
async function tokenFor({ io, options }: Desk, url: string): Promise<string | undefined> {
  try {
    return settingsOf({ ...options, url }, io.env, await readConfig(io)).token;
  } catch (thrown) {
    if (thrown instanceof UsageError) return undefined;
    throw thrown;
  }
}

const looks: Readonly<Record<Finding['state'], readonly [sign: string, tone: Tone]>> = {
  ok: ['✔', 'good'],
  warning: ['!', 'waiting'],
  failed: ['✘', 'bad'],
};

function textOf({ check, state, detail, next }: Finding, paint: Paint): string {
  const [sign, tone] = looks[state];
  const line = `${paint(tone, sign)} ${printable(`${check}: ${detail}`)}\n`;
  return next === undefined ? line : `${line}    ${printable(next)}\n`;
}
