/** Keys of the Windows registry. The hive is written in its long form, the rest keeps its letter case. */

import type { KindModule, ParseResult } from './kind.ts';
import type { LiveText } from './refang.ts';
import { accept, quote, refuse } from './result.ts';
import { readText } from './text.ts';
import { collectWitnesses, type Witness } from './witnesses.ts';

/** The long name of each hive and the short one that Sysmon and most reports write. */
const HIVES: Readonly<Record<string, string>> = {
  HKEY_LOCAL_MACHINE: 'HKLM',
  HKEY_CURRENT_USER: 'HKCU',
  HKEY_CLASSES_ROOT: 'HKCR',
  HKEY_USERS: 'HKU',
  HKEY_CURRENT_CONFIG: 'HKCC',
};

export const registryKey: KindModule = {
  kind: 'registry_key',
  title: 'Registry key',
  parse(text) {
    const part = readText(text);
    return 'ok' in part ? part : readKey(part);
  },
  fields: {
    hive: 'the long name of the hive, such as `HKEY_LOCAL_MACHINE`',
    hive_short: 'the short name of the hive, such as `HKLM`',
    key: 'what stands behind the hive, without a leading backslash',
    short: 'the whole key with the short name of its hive, such as `HKLM\\Software\\Example`',
  },
  describe(value) {
    const end = value.indexOf('\\');
    const hive = value.slice(0, end);
    const hive_short = HIVES[hive] as string;
    return { hive, hive_short, key: value.slice(end + 1), short: hive_short + value.slice(end) };
  },
  witnesses: (value) =>
    collectWitnesses(registryKey, [{ text: value, about: 'the key itself' }], nearMisses(value)),
};

/** Keys below the key are neither match nor miss: event logs are searched for them too, files are not. */
function nearMisses(value: string): Witness[] {
  const end = value.indexOf('\\');
  const hive = value.slice(0, end);
  const key = value.slice(end + 1);
  const last = value.lastIndexOf('\\');
  const otherHive = hive === 'HKEY_LOCAL_MACHINE' ? 'HKEY_CURRENT_USER' : 'HKEY_LOCAL_MACHINE';
  return [
    { text: `${value}x`, about: 'a letter more behind' },
    { text: `${hive}\\x${key}`, about: 'a letter more in front' },
    { text: `${value.slice(0, last)}\\x${value.slice(last + 1)}`, about: 'another key beside it' },
    { text: `${hive}\\x\\${key}`, about: 'the same key below another' },
    { text: value.slice(0, last), about: 'the key above' },
    { text: `${otherHive}\\${key}`, about: 'the same key of another hive' },
  ];
}

function readKey(part: LiveText): ParseResult {
  const [written = ''] = part.text.split('\\', 1);
  const hive = longHive(written);
  if (hive === undefined) return refuseHive(part, written);
  const names = part.text
    .slice(written.length + 1)
    .replace(/\\$/, '')
    .trimEnd()
    .split('\\');
  if (names.length === 1 && names[0] === '') {
    return refuse('RF333', `${quote(part)} is a whole hive`, { label: 'whole hive', at: part.span() });
  }
  const empty = names.indexOf('');
  if (empty < 0) {
    // The long name of the hive counts too: a canonical value has to be readable itself.
    const key = readText(`${hive}\\${names.join('\\')}`);
    return 'ok' in key ? { ...key, at: part.span() } : accept('registry_key', key.text);
  }
  const start =
    written.length + 1 + names.slice(0, empty).reduce((length, name) => length + name.length + 1, 0);
  return refuse('RF333', `${quote(part)} has two backslashes in a row`, {
    label: 'doubled',
    at: part.span(start - 1, start + 1),
  });
}

/** PowerShell writes a colon behind the short name. */
function longHive(written: string): string | undefined {
  const name = written.toUpperCase();
  return Object.keys(HIVES).find(
    (long) => name === long || name === HIVES[long] || name === `${HIVES[long]}:`,
  );
}

function refuseHive(part: LiveText, written: string): ParseResult {
  const slashes = written.includes('/') && longHive(written.slice(0, written.indexOf('/'))) !== undefined;
  return refuse('RF332', `${quote(part)} does not begin with a hive`, {
    label: slashes ? 'slashes in place of backslashes' : 'not a hive',
    at: part.span(0, written.length),
    ...(slashes && { help: 'separate the parts with backslashes' }),
  });
}
