/** The files that tell where a build came from: which are ours. */

import * as fs from 'node:fs';
import { lookAt } from './beside.ts';

/** The statement by itself. */
export const STATEMENT_NAME = 'provenance.json';
/** The statement, signed. */
export const ENVELOPE_NAME = 'provenance.dsse.json';
/** A build has one of them, or none. */
export const PROVENANCE_NAMES: readonly string[] = [STATEMENT_NAME, ENVELOPE_NAME];

/** The kind of build that statements are about: a name, not an address. */
export const BUILD_TYPE = 'urn:refang:build:v1';
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
    const value: unknown = JSON.parse(fs.readFileSync(path, 'utf8'));
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
