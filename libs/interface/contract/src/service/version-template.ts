import { z } from 'zod';

const placeholder = '{version}';
const dnsName = /^[a-z0-9](?:[-.a-z0-9]{0,251}[a-z0-9])?$/;

export const filledWith = (template: string, version: string): string =>
  template.replaceAll(placeholder, version);

/** Whether it is a DNS name, as Kubernetes takes it, with this version in it. */
export const fits = (template: string, version: string): boolean => {
  const name = filledWith(template, version);
  return dnsName.test(name) && name.split('.').every((label) => label.length <= 63);
};

/** A name in which `{version}` stands for the version. */
export const versionTemplate = z
  .string()
  .refine((text) => text.includes(placeholder) && fits(text, 'x'), {
    error: (issue) => `${JSON.stringify(issue.input)} is no name with {version} in it`,
  });
