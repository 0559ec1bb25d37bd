import { jsonObject } from '../json-object.ts';
import type { World } from '../world.ts';
import type { Workload } from './records.ts';
import { base64, fromBase64, signature } from './token-text.ts';

type CertificateWorkload = Extract<Workload, { kind: 'certificate' }>;

/** A workload's certificate as text. Made up: the names in it can be read, and nothing is secret. */
export function certificateText(workload: CertificateWorkload): string {
  const content = { issuer: workload.issuer, serial: workload.serial, subject: workload.subject };
  const body = base64(JSON.stringify({ ...content, signature: signature(JSON.stringify(content)) }), false);
  const lines = body.match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

/** The certificate of an authority as text, by which an account can know it. */
export function authorityText(authority: string): string {
  const body = base64(JSON.stringify({ authority, signature: signature(authority) }), false);
  const lines = body.match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

/** Name of the authority whose certificate a text is; null when it is none. */
export function readAuthority(world: World, text: string): string | null {
  const issuers = Object.values(world.accounts).flatMap(({ workloads }) =>
    Object.values(workloads).flatMap((each) => (each.kind === 'certificate' ? [each.issuer] : [])),
  );
  return issuers.find((issuer) => authorityText(issuer).trim() === text.trim()) ?? null;
}

/** Whose certificate a text is; null when no authority of the world signed such a one. */
export function readCertificate(world: World, text: string): CertificateWorkload | null {
  const body = /-----BEGIN CERTIFICATE-----([\s\S]*)-----END CERTIFICATE-----/.exec(text)?.[1] ?? '';
  const content = jsonObject(fromBase64(body.replaceAll(/\s/g, '')) ?? '');
  const all = Object.values(world.accounts).flatMap(({ workloads }) => Object.values(workloads));
  const found = all.find(
    (each) =>
      each.kind === 'certificate' &&
      each.serial === content?.serial &&
      certificateText(each).trim() === text.trim(),
  );
  return found?.kind === 'certificate' ? found : null;
}
