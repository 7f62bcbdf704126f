/**
 * Makes indicators by the million with a fixed seed: the same numbers give the same bytes everywhere. The mix is that of
 * a large intelligence platform: names, many of them below others; addresses and networks; URLs; hashes.
 */

import { closeSync, openSync, writeSync } from 'node:fs';

const SEED = 20_240_320;
const BUFFER = 1 << 18;

/** Numbers from 0 up to `below`, by mulberry32. @param {number} seed */
function generator(seed) {
  let state = seed >>> 0;
  return (/** @type {number} */ below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const HEX = '0123456789abcdef';
/** Public suffixes under which anyone registers names; no guard speaks against what lies below them. */
const SUFFIXES = [
  'com',
  'net',
  'org',
  'info',
  'xyz',
  'top',
  'club',
  'site',
  'online',
  'co.uk',
  'com.br',
  'ru',
];
const PREFIXES = ['www', 'mail', 'cdn', 'login', 'update', 'api', 'secure', 'static'];
const PATHS = ['index.php', 'gate.php', 'a/b/update.bin', 'login', 'wp-content/x.js', 'panel/'];
const CONFIDENCES = [75, 90, 100];
const SEVERITIES = ['low', 'medium', 'high', 'critical'];
/** Sizes of a hash in hexadecimal: MD5, SHA-1, SHA-256. */
const DIGITS = [32, 40, 64];

/**
 * @typedef {{ kind: string, value: string, confidence: number, severity: string, status: string, tags: string[],
 * last_seen: string }} Made
 */

/** Makes `count` records, one after another. @param {number} count @param {number} [seed] @returns {Generator<Made>} */
export function* records(count, seed = SEED) {
  const next = generator(seed);
  const text = (/** @type {string} */ from, /** @type {number} */ length) =>
    Array.from({ length }, () => from[next(from.length)]).join('');
  /** @type {string[]} */
  const apexes = [];
  const apex = (/** @type {boolean} */ below) => {
    // Nearly half of the names lie below one that was made before.
    if (below && apexes.length > 0 && next(100) < 80)
      return /** @type {string} */ (apexes[next(apexes.length)]);
    const name = `${text(LETTERS, 6 + next(8))}.${SUFFIXES[next(SUFFIXES.length)]}`;
    if (apexes.length < 200_000) apexes.push(name);
    else apexes[next(apexes.length)] = name;
    return name;
  };
  const name = () =>
    next(100) < 55
      ? `${next(3) ? text(LETTERS, 4) : PREFIXES[next(PREFIXES.length)]}.${apex(true)}`
      : apex(next(100) < 15);
  // 11.0.0.0 to 126.255.255.255 without the reserved ones in between, which guards would hold back.
  const address = () => {
    const first = 11 + next(89);
    return `${first}.${next(256)}.${next(256)}.${1 + next(254)}`;
  };
  const value = () => {
    const pick = next(100);
    if (pick < 60) return ['domain', name()];
    if (pick < 77) return ['ip', address()];
    if (pick < 80)
      return ['cidr', `${address().replace(/\.\d+$/, '.0')}/${24 + next(2)}`.replace(/\.0\/25$/, '.128/25')];
    if (pick < 82) return ['ip', `2a0${next(10)}:${text(HEX, 3)}1:${next(9999) + 1}::${next(9999) + 1}`];
    if (pick < 92) return ['url', `http://${name()}/${PATHS[next(PATHS.length)]}?id=${next(1_000_000)}`];
    return ['hash', text(HEX, DIGITS[next(3)] ?? 64)];
  };
  for (let made = 0; made < count; made++) {
    const [kind, one] = /** @type {[string, string]} */ (value());
    // What is known of a record goes with the malware it was seen with, and with the day.
    const family = next(40);
    yield {
      kind,
      value: one,
      confidence: CONFIDENCES[family % 3] ?? 75,
      severity: SEVERITIES[family % 4] ?? 'low',
      status: next(10) ? 'active' : 'historical',
      tags: [`family-${family}`],
      last_seen: `2026-${['07', '08', '09'][next(3)]}-${10 + next(20)}`,
    };
  }
}

/** Writes what `lines` yields. @param {string} path @param {Iterable<string>} lines */
function write(path, lines) {
  const file = openSync(path, 'w');
  let buffer = '';
  for (const line of lines) {
    buffer += `${line}\n`;
    if (buffer.length < BUFFER) continue;
    writeSync(file, buffer);
    buffer = '';
  }
  writeSync(file, buffer);
  closeSync(file);
}

/** A feed with a JSON object a line. @param {string} path @param {number} count */
export function writeNdjson(path, count) {
  write(path, ndjsonLines(count));
}

/** @param {number} count */
function* ndjsonLines(count) {
  for (const { kind, value, ...rest } of records(count)) yield JSON.stringify({ [kind]: value, ...rest });
}

/** What is below `indicators:`, a record of several lines each. @param {string} path @param {number} count */
export function writeYaml(path, count) {
  write(path, yamlLines(count));
}

/** @param {number} count */
function* yamlLines(count) {
  yield 'refang: 1';
  yield 'defaults: {tlp: clear}';
  yield 'indicators:';
  for (const { kind, value, ...rest } of records(count)) {
    yield `  - ${kind}: "${value}"`;
    for (const [key, said] of Object.entries(rest))
      yield `    ${key}: ${Array.isArray(said) ? `[${said.join(', ')}]` : said}`;
  }
}

/** Domains, a line each, in no order; about one in six was there before. @param {string} path @param {number} count */
export function writeDomains(path, count) {
  write(path, domainLines(count));
}

/**
 * Domains none of which lies below another one, with two to five labels, a line each. @param {string} path @param
 * {number} count
 */
export function writeUnrelatedDomains(path, count) {
  write(path, unrelatedLines(count));
}

/** @param {number} count */
function* unrelatedLines(count) {
  const next = generator(SEED);
  for (let made = 0; made < count; made++) {
    const above = Array.from({ length: next(3) }, () => `${PREFIXES[next(PREFIXES.length)]}.`).join('');
    yield `${above}${label(next, 6)}${made}.${SUFFIXES[next(SUFFIXES.length)]}`;
  }
}

/** @param {(below: number) => number} next @param {number} length */
function label(next, length) {
  return Array.from({ length }, () => LETTERS[next(26)]).join('');
}

/** A hosts file of lines as `writeDomains` makes them. @param {string} path @param {number} count */
export function writeHosts(path, count) {
  write(path, hostsLines(count));
}

/** @param {number} count */
function* hostsLines(count) {
  for (const name of domainLines(count)) yield `0.0.0.0 ${name}`;
}

/** @param {number} count @param {number} [seed] */
function* domainLines(count, seed = SEED) {
  const next = generator(seed);
  /** @type {string[]} */
  const before = [];
  for (let made = 0; made < count; made++) {
    const name =
      before.length > 0 && next(6) === 0
        ? /** @type {string} */ (before[next(before.length)])
        : nameBelow(next, before);
    before.push(name);
    yield name;
  }
}

/**
 * A name of its own, or one below a name that was made before. @param {(below: number) => number} next @param
 * {readonly string[]} before
 */
function nameBelow(next, before) {
  const first = label(next, 5 + next(9));
  const parent = before[next(Math.max(1, before.length))];
  if (parent !== undefined && parent.length < 60 && next(100) < 40) return `${first}.${parent}`;
  return `${first}.${SUFFIXES[next(SUFFIXES.length)]}`;
}

/**
 * IPv4 addresses and networks, a line each, in no order: strewn over a third of all addresses, or so dense that most of
 * them touch or lie in others.
 * @param {string} path @param {number} count @param {'sparse' | 'dense'} how
 */
export function writeAddresses(path, count, how) {
  write(path, addressLines(count, how));
}

/** @param {number} count @param {'sparse' | 'dense'} how */
function* addressLines(count, how) {
  const next = generator(SEED);
  const first = 20 * 2 ** 24;
  const { span, networks, shortest } =
    how === 'sparse'
      ? { span: 2 ** 30, networks: 10, shortest: 24 }
      : { span: Math.ceil(count * 1.5), networks: 2, shortest: 28 };
  for (let made = 0; made < count; made++) {
    const address = first + next(span);
    const length = next(100) < networks ? shortest + next(32 - shortest) : 32;
    const base = address - (address % 2 ** (32 - length));
    yield dotted(base) + (length === 32 ? '' : `/${length}`);
  }
}

/** @param {number} address */
function dotted(address) {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
}
