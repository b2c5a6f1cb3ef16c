import { re2 } from '@spillway/adapter-regex';
import {
  lintObject,
  lintRelations,
  lintSchema,
  type Finding,
  type IstioRelease,
  type RelationOptions,
  type Severity,
} from '@spillway/domain-lint';
import type { MeshFiles, SyntaxFault, WrittenObject } from '../../mesh-file/mesh-file.js';
import { syntaxEntry } from './lint-catalogue.js';
import type { LintReport, ReportedFinding } from './lint-report.js';

export interface LintOptions extends RelationOptions {
  readonly istio?: IstioRelease | undefined;
  /** The least that is reported. */
  readonly severity: Severity;
}

const severities: readonly Severity[] = ['error', 'warning', 'info'];

/** Everything that is wrong with what files hold, in the order in which one reads them. */
export function lintMesh(
  mesh: MeshFiles,
  { severity, istio, ...relation }: LintOptions,
): LintReport {
  const told = severities.slice(0, severities.indexOf(severity) + 1);
  const findings = [
    ...mesh.faults.map(atFault),
    ...mesh.objects.flatMap((written) =>
      lintAlone(written, istio).map((finding) => located(finding, written)),
    ),
    ...lintTogether(mesh.objects, relation),
  ]
    .filter((finding) => told.includes(finding.severity))
    .sort(inReadingOrder);
  const count = (wanted: Severity): number =>
    findings.filter((finding) => finding.severity === wanted).length;
  return {
    findings,
    summary: {
      errors: count('error'),
      warnings: count('warning'),
      infos: count('info'),
      files: mesh.files.length,
      objects: mesh.objects.length,
    },
  };
}

/** Where the shape is wrong already, what the rules make of it is no news. */
function lintAlone({ object }: WrittenObject, istio: IstioRelease | undefined): readonly Finding[] {
  const schema = lintSchema(object, { istio });
  const known = new Set(schema.map(({ path }) => path));
  const rules = lintObject(object, { regex: re2, istio });
  return [...schema, ...rules.filter(({ path }) => !known.has(path))];
}

function lintTogether(
  objects: readonly WrittenObject[],
  options: RelationOptions,
): readonly ReportedFinding[] {
  const byName = new Map<string, WrittenObject>();
  for (const written of objects) {
    const name = keyOf({ kind: written.object.kind, ...written.object.metadata });
    // Other makers have kinds of the same names, which have no findings.
    const isIstio = written.object.apiVersion.includes('.istio.io/');
    if (isIstio || !byName.has(name)) byName.set(name, written);
  }
  const found = lintRelations(
    objects.map(({ object }) => object),
    options,
  );
  return found.flatMap((finding) => {
    const written = byName.get(keyOf(finding.object));
    return written === undefined ? [] : [located(finding, written)];
  });
}

const keyOf = ({ kind, namespace, name }: Finding['object']): string =>
  `${kind} ${namespace}/${name}`;

const located = (
  { code, istio, severity, object, path, message, consequence, next }: Finding,
  { file, document, placeOf }: WrittenObject,
): ReportedFinding => ({
  code,
  ...(istio === undefined ? {} : { istio }),
  severity,
  file,
  document,
  ...placeOf(path),
  object,
  path,
  message,
  consequence,
  next,
});

function atFault({ message, ...place }: SyntaxFault): ReportedFinding {
  const { code, severity, consequence, next } = syntaxEntry;
  return { code, severity, ...place, object: null, path: '', message, consequence, next };
}

/** Numbers in a path are compared as numbers: `http[10]` comes after `http[9]`. */
const { compare } = new Intl.Collator('en', { numeric: true });

const inReadingOrder = (a: ReportedFinding, b: ReportedFinding): number =>
  compare(a.file, b.file) ||
  a.document - b.document ||
  compare(a.path, b.path) ||
  compare(a.code, b.code);
