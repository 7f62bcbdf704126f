/** UUIDs derived from a rule's key: the same key has the same UUID on every machine and for ever. */

import { hexDigest } from '../digest/digest.ts';

/** The namespace of Refang's own UUIDs (a random UUID, fixed for ever). */
const REFANG_NAMESPACE = 'b1a6a3a0-6f0e-4c55-9a3e-0d6f4f1c7e21';

/** Bytes of a namespace. */
const SPACE = 16;

/** Before which of the 32 digits of a UUID a hyphen stands. */
export const HYPHENS: readonly number[] = [8, 12, 16, 20];

/** Where each of the 32 digits of a UUID stands in its 36 characters. */
const PLACES = Array.from({ length: 32 }, (_, digit) => digit + HYPHENS.filter((at) => digit >= at).length);
/** The places of the digits that tell the version, and the variant. */
const [VERSION, VARIANT] = [14, 19];

const ENCODER = new TextEncoder();
const DECODER = new TextDecoder();

/** A build makes millions of UUIDs, nearly all in one namespace: its bytes stand here, and each name behind them. */
let input = new Uint8Array(1024);
let room = input.subarray(SPACE);
let namespaceOfInput = '';
/** The input with a name of so many bytes: to make such a view takes a fifth of the time of a digest. */
let views: Uint8Array[] = [];

/** The characters of the UUID that was made last. */
const characters = new Uint8Array(36).fill('-'.charCodeAt(0));

/** A version 5 UUID (RFC 9562): SHA-1 of the namespace and the name. */
export function uuid5(namespace: string, name: string): string {
  makeRoom(name);
  if (namespace !== namespaceOfInput) putNamespace(namespace);
  const { written } = ENCODER.encodeInto(name, room);
  views[written] ??= input.subarray(0, SPACE + written);
  return formatUuid5(hexDigest('sha1', views[written]));
}

/** No character of UTF-16 has more than three bytes. */
function makeRoom(name: string): void {
  const size = SPACE + 3 * name.length;
  if (size <= input.length) return;
  input = new Uint8Array(2 * size);
  room = input.subarray(SPACE);
  namespaceOfInput = '';
  views = [];
}

function putNamespace(uuid: string): void {
  const hex = digitsOf(uuid);
  for (let at = 0; at < SPACE; at++) input[at] = Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16);
  namespaceOfInput = uuid;
}

/** The first 32 digits of a SHA-1, with those of version and variant in place of two. */
function formatUuid5(hex: string): string {
  putDigits(hex);
  characters[VERSION] = '5'.charCodeAt(0);
  characters[VARIANT] = '89ab'.charCodeAt(Number.parseInt(hex.charAt(16), 16) & 3);
  return DECODER.decode(characters);
}

/** A UUID of 32 lower-case digits. */
export function uuidOf(digits: string): string {
  putDigits(digits);
  return DECODER.decode(characters);
}

/** The 32 digits of a UUID. */
function digitsOf(uuid: string): string {
  return uuid.replaceAll('-', '');
}

/** As bytes: a text that is joined from parts stays in parts. */
function putDigits(digits: string): void {
  for (let digit = 0; digit < 32; digit++) characters[PLACES[digit] as number] = digits.charCodeAt(digit);
}

/** The namespace under which a publisher's rules get their UUIDs. */
export function publisherNamespace(publisherId: string): string {
  return uuid5(REFANG_NAMESPACE, publisherId);
}
