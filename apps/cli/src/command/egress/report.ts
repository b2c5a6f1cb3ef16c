import type { Command } from 'commander';
import { exitCode } from '../../exit-code.js';
import { egressReportText } from '../../render/egress-report.js';
import type { Runner } from '../../session.js';
import { examples } from '../examples.js';

export function addEgressReport(egress: Command, runner: Runner): void {
  egress
    .command('report')
    .description('What enforcing would block. Exits 1 if there is something, or nobody knows')
    .argument('<namespace>')
    .option('--window <duration>', 'how far back to look (default: 24h)')
    .addHelpText('after', examples('spillway egress report shop --window 6h'))
    .action(
      runner.run(
        async ({ client, print, paint }, namespace: string, options: { window?: string }) => {
          const report = await client.egressPolicies.report(namespace, options);
          print(report, () => egressReportText(report, paint));
          return report.known && report.wouldBlock === 0 ? exitCode.succeeded : exitCode.failed;
        },
      ),
    );
}
