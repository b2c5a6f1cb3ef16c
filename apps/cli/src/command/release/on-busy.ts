import { Option } from 'commander';

export const onBusyOption = (): Option =>
  new Option(
    '--on-busy <policy>',
    'while another release of the service runs; without it what the service says',
  ).choices(['refuse', 'queue', 'supersede']);
