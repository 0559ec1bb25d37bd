// Writes src/cloud/service-data.json: what AWS publishes about the services that the simulated
// cloud has. Run by hand when a service comes to it or the package of AWS's data changes.
import { rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const bundle = new URL('../../node_modules/.walkthrough-service-slice.mjs', import.meta.url);
await build({
  entryPoints: [fileURLToPath(new URL('./service-data.ts', import.meta.url))],
  outfile: fileURLToPath(bundle),
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
});
try {
  const { simulatedServiceData } = await import(bundle.href);
  const { services, ...rest } = simulatedServiceData();
  const lines = (object) =>
    Object.entries(object).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  const text = `{\n${lines(rest).join(',\n')},\n"services": {\n${lines(services).join(',\n')}\n}\n}\n`;
  writeFileSync(new URL('../cloud/service-data.json', import.meta.url), text);
} finally {
  rmSync(bundle);
}
