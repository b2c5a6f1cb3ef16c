import type { Strategy } from '@spillway/sdk';

type Step = Strategy['steps'][number];

/** What a step of a strategy does. */
export function stepWords(step: Step): string {
  if ('bake' in step) return `bake ${step.bake}`;
  if ('bakeUntil' in step) return bakeUntilWords(step.bakeUntil);
  if ('pause' in step) {
    return step.pause.for === undefined ? 'pause until resumed' : `pause ${step.pause.for}`;
  }
  if ('gate' in step) return gateWords(step.gate);
  return 'analyze' in step ? analyzeWords(step.analyze) : trafficWords(step);
}

type Of<Key extends string> = Key extends string
  ? Extract<Step, Readonly<Record<Key, unknown>>>
  : never;

/** `gate prod: 2 approvals` */
const gateWords = (gate: Of<'gate'>['gate']): string =>
  'manual' in gate
    ? `gate ${gate.name}: ${gate.manual} until somebody says otherwise`
    : `gate ${gate.name}: ${gate.approvals.count} approval${gate.approvals.count === 1 ? '' : 's'}`;

/** Those that change what the candidate sees. */
type TrafficStep = Of<'setWeight' | 'ramp' | 'switch' | 'route' | 'removeRoute' | 'mirror'>;

/** `bake until 2 × the errors would be found with 90 %, at most 1h` */
const bakeUntilWords = ({ toFind, power, atMost }: Of<'bakeUntil'>['bakeUntil']): string =>
  `bake until ${toFind} × the errors would be found with ${percentOf(power)} %, at most ${atMost}`;

/** Without the digits that binary fractions add. */
const percentOf = (share: number): number => Number((share * 100).toPrecision(12));

function trafficWords(step: TrafficStep): string {
  if ('setWeight' in step) return `set ${step.setWeight} %`;
  if ('ramp' in step) {
    const { from, to, steps, over } = step.ramp;
    return `ramp ${from} to ${to} % in ${steps} over ${over}`;
  }
  if ('switch' in step) return 'switch';
  if ('route' in step) return `route ${step.route.name}${placeWords(step.route.where)}`;
  if ('removeRoute' in step) return `remove route ${step.removeRoute}`;
  return mirrorWords(step.mirror);
}

const placeWords = (where: Of<'route'>['route']['where']): string =>
  where === undefined ? '' : `, ${where} only`;

const mirrorWords = (mirror: Of<'mirror'>['mirror']): string =>
  mirror === 'off' ? 'end the mirror' : `mirror ${copyWords(mirror)}`;

/** `25 % of GET and HEAD` */
export const copyWords = ({
  percent,
  methods,
}: {
  readonly percent: number;
  readonly methods: 'all' | 'safe';
}): string => `${percent} %${methods === 'safe' ? ' of GET and HEAD' : ''}`;

function analyzeWords({ metrics, iterations }: Of<'analyze'>['analyze']): string {
  const words = ['analyze', metrics.map(({ name }) => name).join('+')].join(' ').trimEnd();
  return iterations === undefined ? words : `${words} × ${iterations}`;
}
