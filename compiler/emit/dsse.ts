/**
 * Signs and checks statements: DSSE envelopes (https://github.com/secure-systems-lab/dsse, protocol 1.0) by Ed25519, or by
 * ECDSA on P-256 with SHA-256. Loaded only by commands that sign or check.
 */

import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign as signWith,
  verify as verifyWith,
} from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { dsse } from '@sigstore/core';
import { type Envelope, PAYLOAD_TYPE } from './provenance-files.ts';
import { WriteError } from './write-error.ts';

/** The key that signs; `shown` is its path as the user names it, from `cwd`. Throws WriteError for one that cannot be used. */
export function openPrivateKey(cwd: string, shown: string): KeyObject {
  const path = resolve(cwd, shown);
  const pem = readKey(path, shown);
  // Groups are left alone: a secret that is mounted into a container is often its group's.
  if (process.platform !== 'win32' && (statSync(path).mode & 0o007) !== 0)
    throw unusable(shown, 'everybody on this system may read or write it', `run \`chmod 600 ${shown}\``);
  if (/-----BEGIN ENCRYPTED |^Proc-Type: .*ENCRYPTED/m.test(pem))
    throw unusable(shown, 'it is encrypted', 'decrypt it for this run: `openssl pkey -in KEY -out PLAIN`');
  return usable(() => createPrivateKey(pem), shown, 'a private key');
}

/** The key that checks. Throws WriteError for one that cannot be used. */
export function openPublicKey(cwd: string, shown: string): KeyObject {
  const pem = readKey(resolve(cwd, shown), shown);
  if (pem.includes('PRIVATE KEY-----'))
    throw unusable(shown, 'it is a private key', 'make its public one: `openssl pkey -in KEY -pubout`');
  return usable(() => createPublicKey(pem), shown, 'a public key');
}

/** An envelope around a statement. With Ed25519 the same text gives the same bytes; ECDSA draws a number each time. */
export function signStatement(statement: string, key: KeyObject): Envelope {
  const payload = Buffer.from(statement);
  const sig = signWith(digestFor(key), dsse.preAuthEncoding(PAYLOAD_TYPE, payload), key);
  return {
    payload: payload.toString('base64'),
    payloadType: PAYLOAD_TYPE,
    signatures: [{ keyid: keyId(key), sig: sig.toString('base64') }],
  };
}

/** Whether one of an envelope's signatures is by the key. Ids of keys are hints and not looked at, as the protocol has it. */
export function isSignedBy({ payload, payloadType, signatures }: Envelope, key: KeyObject): boolean {
  const signed = dsse.preAuthEncoding(payloadType, Buffer.from(payload, 'base64'));
  return signatures.some(({ sig }) => verifyWith(digestFor(key), signed, key, Buffer.from(sig, 'base64')));
}

/** What names a key: the SHA-256 of its public half, as DER of a SubjectPublicKeyInfo, hexadecimal. */
function keyId(key: KeyObject): string {
  const der = createPublicKey(key).export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('hex');
}

/** Ed25519 hashes by itself. */
function digestFor(key: KeyObject): 'sha256' | null {
  return key.asymmetricKeyType === 'ed25519' ? null : 'sha256';
}

function readKey(path: string, shown: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw unusable(shown, missing ? 'it does not exist' : 'it cannot be read');
  }
}

function usable(read: () => KeyObject, shown: string, what: string): KeyObject {
  let key: KeyObject;
  try {
    key = read();
  } catch {
    throw unusable(shown, `it is not ${what} in PEM`);
  }
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (type === 'ed25519' || (type === 'ec' && details?.namedCurve === 'prime256v1')) return key;
  throw unusable(shown, `it is ${details?.namedCurve ?? type}, and neither Ed25519 nor ECDSA on P-256`);
}

function unusable(shown: string, reason: string, help?: string): WriteError {
  const message = `\`${shown}\` cannot be used as a key: ${reason}`;
  return new WriteError({ code: 'RF612', severity: 'error', message, ...(help && { help }) });
}
