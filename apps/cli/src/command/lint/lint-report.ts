import { z } from 'zod';

const severity = z.enum(['error', 'warning', 'info']);

const objectName = z
  .object({ kind: z.string(), namespace: z.string(), name: z.string() })
  .describe('The object that it is about.');

const reportedFinding = z
  .object({
    code: z.string().describe('Stable; `spillway lint --explain CODE` says more.'),
    istio: z
      .string()
      .optional()
      .describe('The code that `istioctl analyze` gives to it, where it has one.'),
    severity: severity.describe(
      'error: refused, or requests fail. warning: does something else than it says. info: has no effect.',
    ),
    file: z.string().describe('The file as it was named, or "standard input".'),
    document: z.int().min(1).describe('Which document of the file, from 1.'),
    line: z.int().min(1).describe('From 1.'),
    column: z.int().min(1).describe('From 1.'),
    object: objectName.nullable().describe('The object; null where the text is no YAML.'),
    path: z
      .string()
      .describe('Such as spec.http[0].route[1].weight; empty for the object as a whole.'),
    message: z.string().describe('What is wrong, with the offending value.'),
    consequence: z.string().describe('What happens at run time.'),
    next: z.string().describe('What to do.'),
  })
  .describe('One thing that is wrong.');

const count = z.int().min(0);

const lintSummary = z
  .object({
    errors: count.describe('Findings above; the exit code is 1 when there are any.'),
    warnings: count.describe('Findings above.'),
    infos: count.describe('Findings above.'),
    files: count.describe('Files that were read.'),
    objects: count.describe('Objects of Kubernetes in them, of whatever kind.'),
  })
  .describe('Counts.');

/** What `spillway lint -o json` prints. */
export const lintReport = z
  .object({
    findings: z.array(reportedFinding).describe('By file, document and path.'),
    summary: lintSummary,
  })
  .meta({ title: 'Spillway lint report', description: 'What `spillway lint -o json` prints.' });

export type ReportedFinding = z.output<typeof reportedFinding>;
export type LintReport = z.output<typeof lintReport>;
