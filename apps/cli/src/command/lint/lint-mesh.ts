import { re2 } from '@spillway/adapter-regex';
import type { MeshObject } from '@spillway/domain-istio';
import {
  lintObject,
  lintRelations,
  lintSchema,
  type CatalogueEntry,
  type Finding,
  type IstioRelease,
  type RelationOptions,
  type Severity,
} from '@spillway/domain-lint';
import type { MeshFiles, SyntaxFault, WrittenObject } from '../../mesh-file/mesh-file.js';
import { syntaxEntry, twiceEntry } from './lint-catalogue.js';
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

/** A cluster holds one object of a name: only the first that is read counts beside others. */
function lintTogether(
  objects: readonly WrittenObject[],
  options: RelationOptions,
): readonly ReportedFinding[] {
  const byName = new Map<string, WrittenObject>();
  const twice: ReportedFinding[] = [];
  // Who has no name hears of that, and is nobody's namesake.
  for (const written of objects.filter(({ object }) => object.metadata.name !== '')) {
    const first = byName.get(nameOf(written.object));
    if (first === undefined) byName.set(nameOf(written.object), written);
    else twice.push(atTwice(written, first));
  }
  const known = [...byName.values()];
  const found = lintRelations(
    known.map(({ object }) => object),
    options,
  );
  const related = found.flatMap((finding) => {
    const named = known.filter(isAbout(finding));
    const written = named.find(isIstio) ?? named[0];
    return written === undefined ? [] : [located(finding, written)];
  });
  return [...twice, ...related];
}

/** Other makers have kinds of the same names as Istio's, which the rules pass over. */
const nameOf = ({ apiVersion, kind, metadata }: MeshObject): string => {
  const group = apiVersion.includes('/') ? apiVersion.replace(/\/.*/, '') : '';
  return `${group} ${kind} ${metadata.namespace}/${metadata.name}`;
};

const isAbout =
  ({ object: about }: Finding) =>
  ({ object: { kind, metadata } }: WrittenObject): boolean =>
    kind === about.kind && metadata.namespace === about.namespace && metadata.name === about.name;

const isIstio = ({ object }: WrittenObject): boolean => object.apiVersion.includes('.istio.io/');

function atTwice(written: WrittenObject, { file, placeOf }: WrittenObject): ReportedFinding {
  const { kind, metadata } = written.object;
  const { namespace, name } = metadata;
  const message = `${kind} ${namespace}/${name} is at ${file}:${placeOf('').line} too.`;
  return located(
    { ...withoutMeaning(twiceEntry), object: { kind, namespace, name }, path: '', message },
    written,
  );
}

const withoutMeaning = ({
  means: _means,
  ...rest
}: CatalogueEntry): Omit<CatalogueEntry, 'means'> => rest;

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
