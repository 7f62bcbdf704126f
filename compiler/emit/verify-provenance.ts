/** Compares the provenance in a folder with its manifest, and its signature with a key. */

import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MANIFEST_NAME, type Manifest } from './manifest.ts';
import { differenceFrom, ENVELOPE_NAME, PROVENANCE_NAMES, readProvenance } from './provenance-files.ts';
import type { Finding } from './verify-folder.ts';

/** What was found out about the provenance of a folder. */
export interface ProvenanceState {
  /** `verified` where a key was given and the signature is by it. */
  provenance: 'none' | 'unsigned' | 'signed' | 'verified';
  findings: Finding[];
}

/** Compares them. With a key, a signature by it must be there. */
export async function verifyProvenance(
  folder: string,
  manifest: Manifest,
  key: KeyObject | undefined,
): Promise<ProvenanceState> {
  const findings: Finding[] = [];
  const wrong = (path: string, message: string) =>
    findings.push({ code: 'RF619', severity: 'error', path, message });
  const text = readFileSync(join(folder, MANIFEST_NAME));
  let provenance: ProvenanceState['provenance'] = 'none';
  for (const path of PROVENANCE_NAMES) {
    const read = readProvenance(join(folder, path));
    if (!read) continue;
    provenance = read.envelope ? 'signed' : 'unsigned';
    const differs = differenceFrom(read.statement, text, manifest.files);
    if (differs !== undefined) wrong(path, `\`${path}\` ${differs}`);
    if (!read.envelope || !key) continue;
    const { isSignedBy } = await import('./dsse.ts');
    if (isSignedBy(read.envelope, key)) provenance = 'verified';
    else wrong(path, `\`${path}\` is not signed by the given key`);
  }
  if (key && (provenance === 'none' || provenance === 'unsigned'))
    wrong(ENVELOPE_NAME, `there is no signed provenance, \`${ENVELOPE_NAME}\``);
  return { provenance, findings };
}
