import { Command, Option } from 'commander';
import type { Io } from '../io.js';
import { isScreen } from '../render/paint.js';
import type { Runner } from '../session.js';
import { addAnalysisCommands } from './analysis/analysis-commands.js';
import { addApply } from './apply.js';
import { addAuditCommands } from './audit/audit-commands.js';
import { addClusterCommands } from './cluster/cluster-commands.js';
import { addCompletion } from './completion/add-completion.js';
import { addContextCommands } from './context/context-commands.js';
import { addLogin } from './context/login.js';
import { addDoctor } from './doctor/add-doctor.js';
import { addEgressCommands } from './egress/egress-commands.js';
import { examples } from './examples.js';
import { addFreezeCommands } from './freeze/freeze-commands.js';
import { addGateCommands } from './gate/gate-commands.js';
import { addLint } from './lint/add-lint.js';
import { addMeasurementCommands } from './measurement/measurement-commands.js';
import { addMemberCommands } from './member/member-commands.js';
import { addDeliveryCommands } from './delivery/delivery-commands.js';
import { addNotificationCommands } from './notification/notification-commands.js';
import { addReleaseCommands } from './release/release-commands.js';
import { addRender } from './render/add-render.js';
import { addRoleCommands } from './role/role-commands.js';
import { addRouteCommands } from './route/route-commands.js';
import { addRuleCommands } from './rule/rule-commands.js';
import { addSecretCommands } from './secret/secret-commands.js';
import { addServiceCommands } from './service/service-commands.js';
import { addSourceCommands } from './source/source-commands.js';
import { addStrategyCommands } from './strategy/strategy-commands.js';
import { addWebhookCommands } from './webhook/webhook-commands.js';
import { addTokenCommands } from './token/token-commands.js';
import { addWhoami } from './whoami/add-whoami.js';

const exitCodes = `
Exit codes:
  0  done; a watched release succeeded
  1  refused by the server; a watched release did not succeed; lint found an error
  2  the command line or a file is wrong; nothing was sent
  3  the server does not answer
  4  --timeout is over; the release goes on

With "-o json" or "-o yaml" what is wrong is written to standard error in that format.
`;

/** The whole command line. */
export function createProgram(runner: Runner, io: Io): Command {
  const program = withGlobals(new Command('spillway'), io);
  program
    .description('Release new versions step by step, cluster by cluster, and take them back.')
    .addHelpText('after', exitCodes)
    .addHelpText(
      'after',
      examples(
        'spillway apply -f shop.yaml',
        'spillway release create shop/catalog --candidate v2 --strategy canary-10 --watch',
      ),
    );
  addClusterCommands(program, runner);
  addServiceCommands(program, runner);
  addStrategyCommands(program, runner);
  addReleaseCommands(program, runner);
  addGateCommands(program, runner);
  addFreezeCommands(program, runner);
  addEgressCommands(program, runner);
  addSecretCommands(program, runner);
  addSourceCommands(program, runner);
  addWebhookCommands(program, runner);
  addRuleCommands(program, runner);
  addMeasurementCommands(program, runner);
  addNotificationCommands(program, runner);
  addDeliveryCommands(program, runner);
  addTokenCommands(program, runner);
  addMemberCommands(program, runner);
  addRoleCommands(program, runner);
  addAuditCommands(program, runner);
  addWhoami(program, runner);
  addApply(program, runner);
  addLint(program, runner);
  addRender(program, runner);
  addRouteCommands(program, runner);
  addAnalysisCommands(program, runner);
  addLogin(program, runner);
  addContextCommands(program, runner);
  addDoctor(program, runner);
  addCompletion(program, runner);
  return program;
}

/** Commands that are added later inherit all of this. */
const withGlobals = (program: Command, io: Io): Command =>
  program
    .addOption(
      new Option('-o, --output <format>', 'how to print what was asked for')
        .choices(['table', 'text', 'json', 'yaml'])
        .default('table'),
    )
    .option('-q, --quiet', 'ids and names only, no progress')
    .option('--use-context <name>', 'a login by its name (SPILLWAY_CONTEXT; else the one in use)')
    .option('--url <url>', 'the server (SPILLWAY_URL; default http://127.0.0.1:8080)')
    .option(
      '--token <token>',
      'service token; others on this machine can see it, so prefer SPILLWAY_TOKEN',
    )
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, 'spillway: ')),
      getOutHelpWidth: () => (isScreen(io) ? io.stdout.size().columns : 100),
      getErrHelpWidth: () => (isScreen(io) ? io.stdout.size().columns : 100),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showHelpAfterError('  next:    add --help for usage and examples')
    .exitOverride();
