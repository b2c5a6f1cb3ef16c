import { asksSource } from '../asks-source.js';

/** Strategies whose newest version asks a source ($1). Old versions are kept, and no release begins with them. */
export const referringStrategiesSql = `
  select newest.name from (
    select distinct on (strategy.name) strategy.name, strategy.definition
    from strategies strategy order by strategy.name, strategy.version desc) newest
  where ${asksSource('newest.definition', '$.metrics[*]', '$1')}
    or ${asksSource('newest.definition', '$.steps[*].metrics[*]', '$1')}
  order by newest.name`;
