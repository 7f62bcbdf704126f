/** The commands in the READMEs of targets for interfaces send every file once, in order and whole, and show no secret. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildFiles } from './build-one.ts';
import { commandsIn, runCommands } from './readme-commands.ts';

/** A secret that must be escaped in a form. */
const SECRET = 'a+b&c=d %';

interface Sent {
  target: string;
  /** How the names of the files begin that are sent. */
  files: string;
  to: string;
  env: Readonly<Record<string, string>>;
  /** Where the token comes from, and for what. */
  token?: { url: string; form: Readonly<Record<string, string>> };
  /** The headers that let it in. */
  headers: Readonly<Record<string, string>>;
  /** The text of the file that a request holds. */
  fileIn?: (body: string) => string;
}

const BEARER = { authorization: 'Bearer the-token', 'content-type': 'application/json' };
const CLIENT = { CLIENT_ID: 'an-id', CLIENT_SECRET: SECRET };
const FORM = { client_id: 'an-id', client_secret: SECRET };

const SENT: readonly Sent[] = [
  {
    target: 'defender',
    files: 'import-',
    to: 'api.security.microsoft.com/api/indicators/import',
    env: { TENANT_ID: 'a-tenant', ...CLIENT },
    token: {
      url: 'login.microsoftonline.com/a-tenant/oauth2/v2.0/token',
      form: {
        grant_type: 'client_credentials',
        scope: 'https://securitycenter.onmicrosoft.com/windowsatpservice/.default',
        ...FORM,
      },
    },
    headers: BEARER,
  },
  {
    target: 'sentinel',
    files: 'upload-',
    to: 'api.ti.sentinel.azure.com/workspaces/a-workspace/threat-intelligence-stix-objects:upload?api-version=2024-02-01-preview',
    env: { TENANT_ID: 'a-tenant', WORKSPACE: 'a-workspace', ...CLIENT },
    token: {
      url: 'login.microsoftonline.com/a-tenant/oauth2/v2.0/token',
      form: { grant_type: 'client_credentials', scope: 'https://management.azure.com/.default', ...FORM },
    },
    headers: BEARER,
  },
  {
    target: 'crowdstrike',
    files: 'indicators-',
    to: 'api.crowdstrike.com/iocs/entities/indicators/v1',
    env: CLIENT,
    token: { url: 'api.crowdstrike.com/oauth2/token', form: FORM },
    headers: BEARER,
  },
  {
    target: 'cortex-xdr',
    files: 'refang-',
    to: 'api-tenant.example/public_api/v1/indicators/insert_csv',
    env: { FQDN: 'tenant.example', KEY: 'a-key', KEY_ID: '7' },
    headers: { authorization: 'a-key', 'x-xdr-auth-id': '7', 'content-type': 'application/json' },
    fileIn: (body) => {
      const { request_data, ...rest } = JSON.parse(body);
      expect(rest).toEqual({ validate: true });
      return request_data;
    },
  },
];

/** As many names as make two files of each target but that of the longest. */
const NAMES = `  - {domain: [${Array.from({ length: 501 }, (_, at) => `n${at}.example`).join(', ')}], note: "a\\nü"}\n`;

test.each(SENT)('$target', async ({ target, files, to, env, token, headers, fileIn = (body) => body }) => {
  const built = await buildFiles(target, NAMES);
  const wanted = [...built.files].filter(([path]) => path.startsWith(files)).map(([, text]) => text);
  const { status, stderr, requests } = await runCommands(commandsIn(target).join(''), built.folder, env);
  expect({ status, wrong: stderr.match(/^curl: .*/gm) }).toEqual({ status: 0, wrong: null });
  if (token) {
    const [asked] = requests.splice(0, 1);
    expect(asked).toMatchObject({ method: 'POST', url: token.url });
    expect(Object.fromEntries(new URLSearchParams(asked?.body))).toEqual(token.form);
  }
  expect(requests.map(({ body }) => fileIn(body))).toEqual(wanted);
  for (const request of requests) expect(request).toMatchObject({ method: 'POST', url: to, headers });
});

test('aws-network-firewall', async () => {
  const domains = Array.from({ length: 130 }, (_, at) => `n${at}.example`).join(', ');
  const { folder } = await buildFiles('aws-network-firewall', `  - domain: [${domains}]\n`);
  const log = join(folder, 'log');
  const aws = `echo "$*" >> ${log}; case $2 in describe*) echo token-of-$4 ;; esac`;
  const { status } = await runCommands(commandsIn('aws-network-firewall').join(''), folder, {}, { aws });
  expect(status).toBe(0);
  const group = (name: string) => `--rule-group-name ${name} --type STATEFUL`;
  const updates = ['refang-1', 'refang-2'].flatMap((name) => [
    `describe-rule-group ${group(name)} --query UpdateToken --output text`,
    `update-rule-group ${group(name)} --update-token token-of-${name} --rules file://${name}.rules`,
  ]);
  expect(readFileSync(log, 'utf8').split('\n')).toEqual([
    ...['refang-1', 'refang-2'].map(
      (name) =>
        `network-firewall create-rule-group ${group(name)} --capacity 500 --rules file://${name}.rules`,
    ),
    ...updates.map((text) => `network-firewall ${text}`),
    '',
  ]);
});
