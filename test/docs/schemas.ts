import { lintReport, replayReport, routeExplanation, routeRequest } from '@spillway/cli';
import { analysisCases, analysisVerdicts } from '@spillway/interface-contract';
import { z } from 'zod';

/** Files under docs/schemas that are written from the code, by name. */
export const schemas: Readonly<Record<string, () => object>> = {
  'analysis-cases': () => z.toJSONSchema(analysisCases, { io: 'input', override }),
  'analysis-verdicts': () => answer(analysisVerdicts),
  'analysis-replay': () => answer(replayReport),
  'lint-report': () => answer(lintReport),
  'route-request': () => z.toJSONSchema(routeRequest, { io: 'input', override }),
  'route-explanation': () => answer(routeExplanation),
};

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Answers may gain fields. */
const answer = (schema: z.ZodType): object =>
  z.toJSONSchema(schema, {
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      override({ jsonSchema });
    },
  });

/** What says nothing to a reader. */
function override({ jsonSchema }: { readonly jsonSchema: JsonSchema }): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}
