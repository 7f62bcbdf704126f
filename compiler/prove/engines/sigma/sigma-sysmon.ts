/** How Sysmon writes hashes and registry keys in its events. */

/** The algorithms of a `Hashes` field, with values that no file of interest has. */
const FILLER = {
  SHA1: '5EED'.repeat(10),
  MD5: '5EED'.repeat(8),
  SHA256: '5EED'.repeat(16),
  IMPHASH: 'F111'.repeat(8),
};

const ALGORITHMS: Readonly<Record<number, keyof typeof FILLER>> = { 32: 'MD5', 40: 'SHA1', 64: 'SHA256' };

/** The field `Hashes` of a file that has this hash, in hexadecimal; undefined where Sysmon does not compute its kind. */
export function sysmonHashes(hash: string): string | undefined {
  const algorithm = ALGORITHMS[hash.length];
  if (algorithm === undefined) return undefined;
  const hashes = { ...FILLER, [algorithm]: hash.toUpperCase() };
  return Object.entries(hashes)
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
}

/** The user whose keys are seen. */
const SID = 'S-1-5-21-1004336348-1177238915-682003330-1001';

/** Sysmon's names of hives, and what the kernel makes of links. In this order: later ones read what earlier ones wrote. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/^(?:HKEY_CURRENT_USER|HKCU)(?=\\|$)/i, `HKU\\${SID}`],
  [/^(?:HKEY_CURRENT_CONFIG|HKCC)(?=\\|$)/i, 'HKLM\\System\\CurrentControlSet\\Hardware Profiles\\Current'],
  [/^HKEY_LOCAL_MACHINE(?=\\|$)/i, 'HKLM'],
  [/^HKEY_USERS(?=\\|$)/i, 'HKU'],
  [/^HKEY_CLASSES_ROOT(?=\\|$)/i, 'HKCR'],
  [/^(HKLM\\System)\\ControlSet\d{3}(?=\\|$)/i, '$1\\CurrentControlSet'],
  [/^HKLM\\Software\\Classes(?=\\|$)/i, 'HKCR'],
  [/^(HKU\\S-[\d-]+)\\Software\\Classes(?=\\|$)/i, '$1_Classes'],
];

/** The field `TargetObject` for a registry key. */
export function sysmonKey(key: string): string {
  return NAMES.reduce((written, [from, to]) => written.replace(from, to), key);
}
