/** A small project with a target of its own, so that tests do not depend on those that are shipped. */

export const INDICATORS = `refang: 1
reports:
  sample: {title: A sample, author: Example CERT, published: 2025-01-15}
defaults:
  report: sample
  status: active
  confidence: 80
  severity: high
  tlp: clear
  allow: {guard: special-use, reason: documentation values, owner: Example CERT}
indicators:
  - domain: |
      host[.]example
      a[.]host[.]example
      old[.]example
  - domain: low.example
    severity: low
  - ip: 192.0.2[.]1
    status: historical
  - mutex: Global\\example
`;

const TARGET = `title: Test rules
about: One line a name.
effect: detect
syntax: suricata
identity: sid
options:
  sid: {type: range, default: [1000, 9999], about: First and last sid.}
unsupported: {mutex: it is not seen here}
outputs:
  - file: rules.txt
    template: rules.hbs
    passes:
      names: {takes: [domain], subdomains: true}
  - file: groups.txt
    template: groups.hbs
    passes:
      groups: {takes: [domain], subdomains: true, group: context}
`;

const BLOCK = `title: Test list
about: What to block.
effect: block
syntax: line
outputs:
  - file: list.txt
    template: list.hbs
    passes:
      addresses: {takes: [ip, domain]}
`;

/** Files of the project by path. Its targets are \`mine\`, rules with sids, and \`wall\`, a list that blocks. */
export const PROJECT: Readonly<Record<string, string>> = {
  'refang.yaml': 'targets: [mine, wall]\n',
  'indicators.yaml': INDICATORS,
  'templates/mine/target.yaml': TARGET,
  'templates/mine/rules.hbs': `{{#each names}}
{{value}} {{severity}} sid:{{sid}} rev:{{rev}} {{created}}/{{modified}}
{{/each}}
`,
  'templates/mine/groups.hbs': `{{#each groups}}
{{sid}} {{rev}}:{{#each members}} {{value}}{{/each}}

{{/each}}
`,
  'templates/wall/target.yaml': BLOCK,
  'templates/wall/list.hbs': '{{#each addresses}}\n{{value}}\n{{/each}}\n',
};
