/** Compares the provenance in a folder with its manifest, and its signature with a key. */

import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256Hex } from './hash.ts';
import { MANIFEST_NAME, type Manifest } from './manifest.ts';
import { ENVELOPE_NAME, PROVENANCE_NAMES, readProvenance } from './provenance-files.ts';
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
  let provenance: ProvenanceState['provenance'] = 'none';
  for (const path of PROVENANCE_NAMES) {
    const read = readProvenance(join(folder, path));
    if (!read) continue;
    provenance = read.envelope ? 'signed' : 'unsigned';
    const differs = differenceOf(read.statement, expectedSubjects(folder, manifest));
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

/** SHA-256 by name: what a statement about this folder has as its subjects. */
function expectedSubjects(folder: string, { files }: Manifest): Map<string, string> {
  const manifest = sha256Hex(readFileSync(join(folder, MANIFEST_NAME)));
  return new Map([[MANIFEST_NAME, manifest], ...files.map(({ path, sha256 }) => [path, sha256] as const)]);
}

function differenceOf(statement: unknown, expected: ReadonlyMap<string, string>): string | undefined {
  const { _type, subject } = statement as { _type?: unknown; subject?: unknown };
  if (_type !== 'https://in-toto.io/Statement/v1' || !Array.isArray(subject))
    return 'is not an in-toto statement';
  const told = new Map<unknown, unknown>(subject.map((one) => [one?.name, one?.digest?.sha256]));
  const other = [...expected].find(([name, sha256]) => told.get(name) !== sha256);
  if (other) return `is about another build: \`${other[0]}\` is not in it as it is in the manifest`;
  if (told.size !== expected.size || subject.length !== expected.size)
    return 'names files that the manifest does not name';
  return undefined;
}
