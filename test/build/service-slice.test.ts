import { expect, it } from 'vitest';
import { simulatedServiceData } from '../../src/build/service-data.ts';
import slice from '../../src/cloud/service-data.json' with { type: 'json' };
import { operations } from '../../src/cloud/services/index.ts';

it('has the data of AWS’s package', () => {
  expect(slice).toEqual(simulatedServiceData());
});

it('has every action that an operation is authorized with, by its name', () => {
  const known: Readonly<Record<string, string>> = slice.services;
  const prefixes = [...operations.keys()].map((id) => id.split(':')[0] ?? '');
  const renamed = ['accessanalyzer', 'sso-admin', 'eks-auth'];
  for (const prefix of new Set(prefixes.filter((each) => !renamed.includes(each)))) {
    expect(Object.keys(known), prefix).toContain(prefix);
  }
});
