import type { Command } from 'commander';
import type { Runner } from '../../session.js';
import { label, time } from '../arguments.js';
import { examples } from '../examples.js';
import { issuedToken } from '../../render/token.js';

interface CreateOptions {
  readonly role: 'viewer' | 'releaser' | 'approver' | 'operator' | 'admin';
  readonly namespace?: readonly string[];
  readonly environment?: readonly string[];
  readonly clusterLabel?: Readonly<Record<string, string>>;
  readonly expiresIn?: number;
}

const collect = (written: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  written,
];

export function addTokenCreate(token: Command, runner: Runner): void {
  token
    .command('create')
    .description('Make a token; its text is shown this once')
    .argument('<name>', 'the actor of all that is done with it')
    .requiredOption('--role <role>', 'viewer, releaser, approver, operator or admin')
    .option('--namespace <namespace>', 'only for services of this one; may be repeated', collect)
    .option(
      '--environment <value>',
      'only in clusters with this label env; may be repeated',
      collect,
    )
    .option(
      '--cluster-label <key=value>',
      'only in clusters with this label; may be repeated',
      label,
    )
    .option('--expires-in <duration>', 'until when it is good, such as 90d', time)
    .addHelpText(
      'after',
      examples(
        'spillway token create shop-ci --role releaser --namespace shop --expires-in 90d',
        'spillway token create portal --role viewer -o json',
      ),
    )
    .action(
      runner.run(async ({ client, io, print }, name: string, options: CreateOptions) => {
        const { role, namespace, environment, clusterLabel, expiresIn } = options;
        const grant = {
          role,
          ...(namespace === undefined ? {} : { namespaces: [...namespace] }),
          ...(environment === undefined ? {} : { environments: [...environment] }),
          ...(clusterLabel === undefined ? {} : { clusters: { ...clusterLabel } }),
        };
        const expiry =
          expiresIn === undefined
            ? {}
            : { expiresAt: new Date(io.now() + expiresIn).toISOString() };
        const issued = await client.tokens.create({ name, grants: [grant], ...expiry });
        print(issued, () => issuedToken(issued));
      }),
    );
}
