/** Indicators without a source, and a small project whose target YARA judges: no test depends on what is shipped. */

import type { Collection } from '../../compiler/indicators/set.ts';
import { type Given, setOf } from '../plan/help.ts';

export function collectionOf(listed: readonly Given[]): Collection {
  return { reports: new Map(), actors: new Map(), indicators: setOf(listed) };
}

/** Four indicators that the target takes, of which it covers one, and one that it cannot say. */
export const INDICATORS = `refang: 1
defaults:
  status: active
  confidence: 80
  severity: high
  tlp: clear
  allow: {guard: special-use, reason: documentation values, owner: Example CERT}
indicators:
  - domain: [host.example, a.host.example]
  - mutex: Global\\example
  - file: {md5: 00112233445566778899aabbccddeeff, sha1: 00112233445566778899aabbccddeeff00112233}
`;

const TARGET = `title: Test rules
about: A rule a name, a rule a hash.
effect: detect
syntax: yara
identity: uuid
check: yara
unsupported: {mutex: it is not seen here}
outputs:
  - file: rules.yar
    template: rules.hbs
    passes:
      names: {takes: [domain], subdomains: true}
      hashes: {takes: [hash]}
`;

/** What stands in front of a name in the rule; a fault is to leave it out. */
export const BOUNDARY = '(^|[^a-z0-9_-])';

const RULES = `import "hash"
{{#each names}}
rule Name_{{short}} {
  meta: id = "{{id}}"
  strings: $text = /${BOUNDARY}{{regex value}}\\.?([^a-z0-9_.-]|$)/ nocase
  condition: $text
}
{{/each}}
{{#each hashes}}
rule Hash_{{short}} {
  meta: id = "{{id}}"
  condition: hash.{{algorithm}}(0, filesize) == "{{value}}"
}
{{/each}}
`;

/** Files by path. The target \`mine\` is judged by YARA, \`plain\` by no engine. */
export const PROJECT: Readonly<Record<string, string>> = {
  'refang.yaml': 'targets: [mine, plain]\n',
  'indicators.yaml': INDICATORS,
  'templates/mine/target.yaml': TARGET,
  'templates/mine/rules.hbs': RULES,
  'templates/plain/target.yaml': `title: Test list
about: A line a name.
effect: detect
syntax: line
unsupported: {mutex: it is not seen here, hash: it is not seen here}
outputs:
  - file: list.txt
    template: list.hbs
    passes:
      names: {takes: [domain]}
`,
  'templates/plain/list.hbs': '{{#each names}}\n{{value}}\n{{/each}}\n',
};
