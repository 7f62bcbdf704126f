/**
 * The naive reference: what a competent engineer writes in an afternoon, with js-yaml, zod and Handlebars. The file is
 * read whole, checked whole, and each output is one template over all records. It knows nothing of defanged spellings,
 * guards, identifiers, fates or positions; lists, hosts, dnsmasq and AdGuard files are to hold the same bytes as ours.
 *
 * Usage: node naive.mjs INDICATORS OUT
 */

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { load } from 'js-yaml';
import { z } from 'zod';

const [input = '', out = ''] = process.argv.slice(2);

const context = {
  confidence: z.int().min(0).max(100),
  severity: z.enum(['low', 'medium', 'high', 'critical']),
  status: z.enum(['active', 'historical', 'revoked']),
  tags: z.array(z.string()),
  last_seen: z.string().regex(/^\d{4}-\d\d-\d\d$/),
};
const schema = z.object({
  indicators: z.array(
    z.union([
      z.object({ domain: z.string().regex(/^([a-z0-9-]+\.)+[a-z]+$/), ...context }),
      z.object({ ip: z.union([z.ipv4(), z.ipv6()]), ...context }),
      z.object({ cidr: z.cidrv4(), ...context }),
      z.object({ url: z.url(), ...context }),
      z.object({ hash: z.string().regex(/^([0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/), ...context }),
    ]),
  ),
});

const KINDS = /** @type {const} */ (['domain', 'ip', 'cidr', 'url', 'hash']);
/**
 * @typedef {{ kind: string, value: string, sid: number, confidence: number, severity: string, status: string, tags:
 * string[], last_seen: string }} One
 */

const { indicators } = schema.parse(load(readFileSync(input, 'utf8')));
/** @type {Map<string, One>} */
const found = new Map();
for (const indicator of indicators) {
  const record = /** @type {Record<string, unknown> & Omit<One, 'kind' | 'value' | 'sid'>} */ (indicator);
  const kind = KINDS.find((name) => name in record) ?? 'domain';
  const value = String(record[kind]);
  const before = found.get(`${kind} ${value}`);
  if (before === undefined) {
    const sid = 1_000_000 + (createHash('sha1').update(value).digest().readUInt32BE() % 1_000_000_000);
    found.set(`${kind} ${value}`, { ...record, kind, value, sid });
    continue;
  }
  if (record.status === 'active') before.status = 'active';
  before.confidence = Math.max(before.confidence, record.confidence);
  before.tags = [...new Set([...before.tags, ...record.tags])];
  if (record.last_seen > before.last_seen) before.last_seen = record.last_seen;
}
const all = [...found.values()].sort((a, b) => (a.value < b.value ? -1 : 1));

/** Without names that lie below another one, or below one that is blocked. @param {One[]} domains @param {One[]} blocked */
function withoutCovered(domains, blocked) {
  const names = new Set([...domains, ...blocked].map(({ value }) => value));
  return domains.filter(({ value }) => {
    for (let dot = value.indexOf('.'); dot >= 0; dot = value.indexOf('.', dot + 1))
      if (names.has(value.slice(dot + 1))) return false;
    return true;
  });
}

/** @param {string} status @param {One[]} [blocked] */
function view(status, blocked = []) {
  const own = all.filter((one) => one.status === status && one.confidence >= 70);
  const of = (/** @type {string} */ kind) => own.filter((one) => one.kind === kind);
  const hashes = (/** @type {number} */ length) => of('hash').filter(({ value }) => value.length === length);
  const addresses = [...of('ip'), ...of('cidr')];
  return {
    every: of('domain'),
    domains: withoutCovered(of('domain'), blocked),
    urls: of('url'),
    four: addresses.filter(({ value }) => !value.includes(':')),
    six: addresses.filter(({ value }) => value.includes(':')),
    md5: hashes(32),
    sha1: hashes(40),
    sha256: hashes(64),
  };
}

const block = view('active');
const watch = view('historical', block.every);

/** @param {string} name @param {object} data @param {string} template */
function write(name, data, template) {
  const path = join(out, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, Handlebars.compile(template, { noEscape: true })(data));
}

for (const [tier, data] of Object.entries({ block, watch })) {
  for (const list of /** @type {const} */ (['domains', 'urls', 'md5', 'sha1', 'sha256']))
    write(`lists/${tier}-${list}.txt`, { list: data[list] }, '{{#each list}}{{value}}\n{{/each}}');
  const policy = tier === 'block' ? 'CNAME .' : 'CNAME rpz-passthru.';
  write(
    `rpz/${tier}.rpz`,
    data,
    `$TTL 300\n@ SOA localhost. refang.invalid. 1 3600 600 86400 300\n  NS localhost.\n{{#each domains}}{{value}} ${policy}\n*.{{value}} ${policy}\n{{/each}}`,
  );
}
write(
  'hosts/refang.hosts',
  block,
  '# Names to block, by Bench.\n\n# To be blocked with all names below them, which a hosts file cannot say.\n{{#each every}}0.0.0.0 {{value}}\n:: {{value}}\n{{/each}}',
);
write(
  'dnsmasq/refang.conf',
  block,
  '# Names to block, by Bench.\n\n# These names and all below them do not exist.\n{{#each domains}}address=/{{value}}/\n{{/each}}',
);
write(
  'adguard/refang.txt',
  block,
  '! Title: Names to block, by Bench\n\n! These names and all below them.\n{{#each domains}}||{{value}}^\n{{/each}}',
);
write(
  'unbound/refang.conf',
  { block, watch },
  'server:\n{{#each block.domains}}local-zone: "{{value}}." always_nxdomain\n{{/each}}{{#each watch.domains}}local-zone: "{{value}}." inform\n{{/each}}',
);
write(
  'nftables/refang.nft',
  block,
  'table inet refang {\n  set block4 {\n    type ipv4_addr\n    flags interval\n    auto-merge\n    elements = { {{#each four}}{{value}},\n{{/each}} }\n  }\n  set block6 {\n    type ipv6_addr\n    flags interval\n    auto-merge\n    elements = { {{#each six}}{{value}},\n{{/each}} }\n  }\n}\n',
);
write(
  'ipset/refang.ipset',
  block,
  '{{#each four}}add block4 {{value}}\n{{/each}}{{#each six}}add block6 {{value}}\n{{/each}}',
);
write(
  'csv/refang.csv',
  { all },
  'type,value,status,confidence,severity,last_seen,tags\n{{#each all}}{{kind}},{{value}},{{status}},{{confidence}},{{severity}},{{last_seen}},{{#each tags}}{{this}} {{/each}}\n{{/each}}',
);
write(
  'jsonl/refang.jsonl',
  { all },
  '{{#each all}}{"{{kind}}":"{{value}}","tags":[{{#each tags}}{{#unless @first}},{{/unless}}"{{this}}"{{/each}}],"last_seen":"{{last_seen}}","status":"{{status}}","confidence":{{confidence}},"severity":"{{severity}}"}\n{{/each}}',
);
write(
  'zeek/intel.dat',
  { all },
  '#fields\tindicator\tindicator_type\tmeta.source\tmeta.desc\n{{#each all}}{{value}}\t{{kind}}\tBench\t{{severity}}\n{{/each}}',
);
write(
  'suricata/refang.rules',
  block,
  '{{#each domains}}alert dns any any -> any any (msg:"BENCH {{value}}"; dns.query; dotprefix; content:".{{value}}"; nocase; endswith; classtype:trojan-activity; metadata:confidence {{confidence}}, severity {{severity}}; sid:{{sid}}; rev:1;)\n{{/each}}{{#each four}}alert ip $HOME_NET any -> {{value}} any (msg:"BENCH {{value}}"; classtype:trojan-activity; sid:{{sid}}; rev:1;)\n{{/each}}',
);
