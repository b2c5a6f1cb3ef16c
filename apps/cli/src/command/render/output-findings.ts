import type { MeshObject } from '@spillway/domain-istio';
import { lintMesh } from '../lint/lint-mesh.js';
import type { ReportedFinding } from '../lint/lint-report.js';

const output = 'output';
const nowhere = { line: 1, column: 1 };

/** What lint finds in the objects that were made, among those that were there before. */
export function outputFindings(
  made: readonly MeshObject[],
  live: readonly MeshObject[],
): readonly ReportedFinding[] {
  const isMade = ({ kind, metadata }: MeshObject): boolean =>
    made.some(
      (one) =>
        one.kind === kind &&
        one.metadata.name === metadata.name &&
        one.metadata.namespace === metadata.namespace,
    );
  const written = (file: string) => (object: MeshObject, index: number) => ({
    file,
    document: index + 1,
    object,
    placeOf: () => nowhere,
  });
  const objects = [
    ...made.map(written(output)),
    ...live.filter((object) => !isMade(object)).map(written('live')),
  ];
  const { findings } = lintMesh({ files: [], objects, faults: [] }, { severity: 'info' });
  return findings.filter(({ file }) => file === output);
}
