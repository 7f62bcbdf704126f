/** The files that tell where a build came from: which are ours. */

import { readFileSync } from 'node:fs';
import { hexDigest } from '../digest/digest.ts';
import { lookAt } from './beside.ts';
import { MANIFEST_NAME, type ManifestFile } from './manifest.ts';

/** The statement by itself. */
export const STATEMENT_NAME = 'provenance.json';
/** The statement, signed. */
export const ENVELOPE_NAME = 'provenance.dsse.json';
/** A build has one of them, or none. */
export const PROVENANCE_NAMES: readonly string[] = [STATEMENT_NAME, ENVELOPE_NAME];

/** The kind of build that statements are about: a name, not an address. */
export const BUILD_TYPE = 'urn:refang:build:v1';
/** The version of statements, by in-toto. */
export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';
/** The media type of a statement. */
export const PAYLOAD_TYPE = 'application/vnd.in-toto+json';

/** An envelope as the DSSE protocol has it; both fields base64. */
export interface Envelope {
  payload: string;
  payloadType: string;
  signatures: readonly { keyid: string; sig: string }[];
}

/** What a file says: a statement of a build of ours and, where it is signed, its envelope; undefined for another's file. */
export function readProvenance(
  path: string,
): { statement: unknown; envelope: Envelope | undefined } | undefined {
  // A link is not followed: no build makes one.
  if (!lookAt(path)?.isFile()) return undefined;
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const envelope = isEnvelope(value) ? value : undefined;
    const statement: unknown = envelope
      ? JSON.parse(Buffer.from(envelope.payload, 'base64').toString('utf8'))
      : value;
    return buildTypeOf(statement) === BUILD_TYPE ? { statement, envelope } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a build of ours wrote the file: another's of the same name is left alone. */
export function isOwnProvenance(path: string): boolean {
  return readProvenance(path) !== undefined;
}

/**
 * How the subjects of a statement differ from a manifest, given as its text and the files it names; undefined where they
 * do not.
 */
export function differenceFrom(
  statement: unknown,
  manifest: string | Uint8Array,
  files: readonly Pick<ManifestFile, 'path' | 'sha256'>[],
): string | undefined {
  const { _type, subject } = statement as { _type?: unknown; subject?: unknown };
  if (_type !== STATEMENT_TYPE || !Array.isArray(subject)) return 'is not an in-toto statement';
  const told = new Map<unknown, unknown>(subject.map((one) => [one?.name, one?.digest?.sha256]));
  const expected = [{ path: MANIFEST_NAME, sha256: hexDigest('sha256', manifest) }, ...files];
  const other = expected.find(({ path, sha256 }) => told.get(path) !== sha256);
  if (other) return `is about another build: \`${other.path}\` is not in it as it is in the manifest`;
  return subject.length === expected.length ? undefined : 'names files that the manifest does not name';
}

function isEnvelope(value: unknown): value is Envelope {
  const { payload, payloadType, signatures } = (value ?? {}) as Partial<Envelope>;
  return (
    typeof payload === 'string' &&
    payloadType === PAYLOAD_TYPE &&
    Array.isArray(signatures) &&
    signatures.every((one) => typeof one?.keyid === 'string' && typeof one.sig === 'string')
  );
}

function buildTypeOf(statement: unknown): unknown {
  const { predicate } = (statement ?? {}) as { predicate?: { buildDefinition?: { buildType?: unknown } } };
  return predicate?.buildDefinition?.buildType;
}
