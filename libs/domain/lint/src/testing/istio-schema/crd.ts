import { parseAllDocuments } from 'yaml';

/** As much of a JSON schema as Istio's CRDs use. */
export interface CrdSchema {
  readonly type?: string;
  readonly format?: string;
  readonly nullable?: boolean;
  readonly properties?: Readonly<Record<string, CrdSchema>>;
  readonly required?: readonly string[];
  readonly items?: CrdSchema;
  readonly additionalProperties?: CrdSchema;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly maxProperties?: number;
  readonly oneOf?: readonly OneOf[];
  readonly allOf?: readonly { readonly oneOf: readonly OneOf[] }[];
}

interface OneOf {
  readonly required?: readonly string[];
  readonly not?: unknown;
}

interface Crd {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly schema: { readonly openAPIV3Schema: CrdSchema };
    }[];
  };
}

const linted: Readonly<Record<string, readonly string[]>> = {
  'networking.istio.io': [
    'VirtualService',
    'DestinationRule',
    'Gateway',
    'ServiceEntry',
    'Sidecar',
    'WorkloadEntry',
  ],
  'telemetry.istio.io': ['Telemetry'],
};

/** The schema of `spec` in v1 of every kind that is linted, from Istio's file of CRDs. */
export function specSchemas(crds: string): Readonly<Record<string, CrdSchema>> {
  const schemas = parseAllDocuments(crds)
    .map((document) => document.toJS() as Crd | null)
    .filter((crd): crd is Crd => linted[crd?.spec.group ?? '']?.includes(kindOf(crd)) ?? false)
    .map((crd) => [kindOf(crd), v1SpecOf(crd)]);
  return Object.fromEntries(schemas) as Readonly<Record<string, CrdSchema>>;
}

const kindOf = (crd: Crd | null): string => crd?.spec.names.kind ?? '';

function v1SpecOf(crd: Crd): CrdSchema {
  const v1 = crd.spec.versions.find(({ name }) => name === 'v1');
  const spec = v1?.schema.openAPIV3Schema.properties?.['spec'];
  if (spec === undefined) throw new Error(`The CRD of ${kindOf(crd)} has no spec in v1.`);
  return spec;
}

/** Groups of fields of which at most one may be there. */
export function atMostOneOf({ oneOf, allOf = [] }: CrdSchema): readonly (readonly string[])[] {
  const groups = [...(oneOf === undefined ? [] : [oneOf]), ...allOf.map((part) => part.oneOf)];
  return groups.map((group) => group.flatMap(({ required = [] }) => required));
}
