import type { Traffic } from '@spillway/domain-istio';
import { generation, releaseId, splitServiceName, version } from '@spillway/kernel';
import { stringify } from 'yaml';
import { readSoundMesh } from '../../mesh-file/read-mesh-files.js';
import { printable } from '../../render/printable.js';
import type { Desk } from '../../session.js';
import { UsageError } from '../../usage-error.js';
import { outputFindings } from './output-findings.js';
import { readSubject, type Choice, type Subject } from './read-subject.js';
import { stationAt, type Point, type Station } from './station.js';
import { writtenObjects, type Written } from './written-objects.js';

export interface RenderCommand extends Choice {
  readonly candidate: string;
  readonly step: Point;
  /** From 1. */
  readonly wave?: number;
  readonly live?: readonly string[];
  readonly patch?: true;
  readonly release: string;
  readonly generation?: number;
}

export async function render(desk: Desk, command: RenderCommand): Promise<void> {
  const subject = await readSubject(desk.io, command);
  const { service, plan } = subject;
  const station = stationAt(plan, command.step, command.wave && command.wave - 1);
  const { namespace } = splitServiceName(service.service);
  const live = await readSoundMesh(desk.io, command.live ?? [], namespace);
  const people = live.map(({ object }) => object);
  const written = writtenObjects(wantedTraffic(subject, station, command), people);
  if (command.patch === true && service.ownership?.kind !== 'adopted') {
    throw new UsageError(
      `Service "${service.service}" adopts no VirtualService, so nothing is patched.`,
      'Leave --patch out.',
    );
  }
  desk.io.stdout.write(textOf(desk, command, station, written));
  for (const finding of outputFindings(written.objects, people)) {
    const { severity, code, object, path, message } = finding;
    const where = `${object?.kind} ${object?.namespace}/${object?.name} ${path}`.trimEnd();
    desk.io.stderr.write(
      printable(`spillway: lint: ${severity}  ${code}  ${where}: ${message}`) + '\n',
    );
  }
}

function wantedTraffic(
  { service, plan: { sticky } }: Subject,
  { exposure, isOver, ...station }: Station,
  command: RenderCommand,
): Traffic {
  const { stable } = service;
  const named = version(command.candidate);
  if (named === stable) {
    throw new UsageError(
      `Service "${service.service}" already serves ${stable}.`,
      'Name the version that should replace it.',
    );
  }
  return {
    service,
    release: releaseId(command.release),
    generation: generation(command.generation ?? station.generation),
    stable,
    candidate: named,
    exposure,
    ...(sticky === undefined ? {} : { sticky }),
    subsets: isOver ? [named] : [stable, named],
    isOver,
  };
}

function textOf(
  { format }: Desk,
  { patch }: RenderCommand,
  { name }: Station,
  written: Written,
): string {
  if (format === 'json') {
    const list = { apiVersion: 'v1', kind: 'List', items: written.objects };
    return `${JSON.stringify(patch === true ? written.patch : list, undefined, 2)}\n`;
  }
  const parts = patch === true ? [written.patch] : written.objects;
  return `# ${name}\n${parts.map(asYaml).join('---\n')}`;
}

/** In YAML 1.1, which kubectl reads: there "yes" must be quoted. */
const asYaml = (value: unknown): string =>
  stringify(value, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false });
