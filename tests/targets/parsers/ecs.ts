/**
 * The fields of the Elastic Common Schema that documents of indicators use: types as in `generated/csv/fields.csv` of
 * github.com/elastic/ecs (9.5, May 2026), expected values as in its `ecs_flat.yml`. `labels.*` are keywords of one's own.
 */

/** A field: its type, and the values that it may have, or their form. */
interface EcsField {
  type: 'date' | 'keyword' | 'ip' | 'wildcard';
  list?: true;
  values?: readonly string[];
  form?: RegExp;
}

const keyword: EcsField = { type: 'keyword' };
const hex = (digits: number): EcsField => ({ type: 'keyword', form: new RegExp(`^[0-9a-f]{${digits}}$`) });
const only = (...values: string[]): EcsField => ({ type: 'keyword', values });

export const ECS: Readonly<Record<string, EcsField>> = {
  'event.kind': only('enrichment'),
  'event.category': { ...only('threat'), list: true },
  'event.type': { ...only('indicator'), list: true },
  'event.module': only('ti_refang', 'refang'),
  'event.dataset': only('ti_refang.indicator', 'refang.indicator'),
  'labels.refang_severity': only('low', 'medium', 'high', 'critical'),
  'labels.refang_status': only('active', 'historical'),
  tags: { type: 'keyword', list: true },
  'threat.feed.name': keyword,
  'threat.indicator.type': only(
    'domain-name',
    'email-addr',
    'file',
    'ipv4-addr',
    'ipv6-addr',
    'url',
    'windows-registry-key',
  ),
  'threat.indicator.name': keyword,
  'threat.indicator.provider': keyword,
  'threat.indicator.confidence': only('None', 'Low', 'Medium', 'High'),
  'threat.indicator.first_seen': { type: 'date' },
  'threat.indicator.last_seen': { type: 'date' },
  'threat.indicator.reference': keyword,
  'threat.indicator.description': keyword,
  'threat.indicator.marking.tlp': only('CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'),
  'threat.indicator.marking.tlp_version': only('2.0'),
  'threat.indicator.ip': { type: 'ip' },
  'threat.indicator.url.domain': keyword,
  'threat.indicator.url.full': { type: 'wildcard' },
  'threat.indicator.url.original': { type: 'wildcard' },
  'threat.indicator.email.address': keyword,
  'threat.indicator.file.name': keyword,
  'threat.indicator.file.path': keyword,
  'threat.indicator.file.hash.md5': hex(32),
  'threat.indicator.file.hash.sha1': hex(40),
  'threat.indicator.file.hash.sha256': hex(64),
  'threat.indicator.file.hash.sha512': hex(128),
  'threat.indicator.registry.hive': only('HKLM', 'HKCU', 'HKCR', 'HKU', 'HKCC'),
  'threat.indicator.registry.key': keyword,
  'threat.indicator.registry.path': keyword,
};

/** A document or a mapping as dotted names. */
export function flat(thing: unknown, prefix = ''): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const [key, value] of Object.entries(thing as object)) {
    const name = prefix + key;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) fields.set(name, value);
    else for (const [inner, one] of flat(value, `${name}.`)) fields.set(inner, one);
  }
  return fields;
}

/** Throws `Error` where a document is not as the schema has it. Each document names its indicator, and is of one kind. */
export function checkDocument(document: unknown): Map<string, unknown> {
  const fields = flat(document);
  for (const [name, value] of fields) {
    const field = ECS[name];
    if (!field) throw new Error(`${name} is no field`);
    if (Array.isArray(value) !== (field.list === true)) throw new Error(`${name}: a list, or none`);
    for (const one of [value].flat()) if (!fits(field, one)) throw new Error(`${name}: ${String(one)}`);
  }
  for (const name of [
    'event.kind',
    'event.category',
    'event.type',
    'threat.indicator.type',
    'threat.indicator.name',
  ])
    if (!fields.has(name)) throw new Error(`no ${name}`);
  return fields;
}

function fits({ type, values, form }: EcsField, value: unknown): boolean {
  if (typeof value !== 'string' || value === '') return false;
  if (type === 'date') return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value);
  if (type === 'ip') return /^(\d+\.\d+\.\d+\.\d+|[0-9a-f:]*:[0-9a-f:.]*)$/.test(value);
  return (values?.includes(value) ?? true) && (form?.test(value) ?? true);
}
