import { spawnSync } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type BuildOptions, build, verify } from '../compiler/index.ts';
import { enginesFolder } from '../compiler/prove/process.ts';
import { PROJECT } from './project.ts';
import { filesBelow, folderWith, writeFiles } from './temporary.ts';

const AS_OF = '2026-01-01';
const run = (cwd: string, over: Partial<BuildOptions> = {}) => build({ cwd, asOf: AS_OF, ...over });

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

async function problems(cwd: string, over: Partial<BuildOptions>): Promise<string[]> {
  return (await run(cwd, over)).session.diagnostics.map(({ code, message }) => `${code} ${message}`);
}

/** Key files `key.pem` and `key.pub` beside the project. */
function withKeys(curve: 'ed25519' | 'P-256' | 'P-384' | 'rsa'): string {
  const { privateKey, publicKey } =
    curve === 'ed25519'
      ? generateKeyPairSync('ed25519')
      : curve === 'rsa'
        ? generateKeyPairSync('rsa', { modulusLength: 2048 })
        : generateKeyPairSync('ec', { namedCurve: curve });
  const folder = folderWith({
    ...PROJECT,
    'key.pem': String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    'key.pub': String(publicKey.export({ type: 'spki', format: 'pem' })),
  });
  chmodSync(join(folder, 'key.pem'), 0o600);
  return folder;
}

describe('the statement', () => {
  test('names what was built, from what, and by what', async () => {
    const folder = folderWith({
      ...PROJECT,
      'refang.yaml': 'targets: [mine, {name: wall}]\nguards: [{allow: own.txt}]\n',
      'own.txt': '# nothing yet\n',
      'templates/unused/target.yaml': 'title: not built\n',
    });
    await run(folder, { provenance: true });
    const files = filesBelow(folder);
    const statement = JSON.parse(files['out/provenance.json'] as string);
    const named = (...paths: string[]) =>
      paths.map((path) => ({ name: path, digest: { sha256: sha256(files[path] as string) } }));
    const subjects = ['manifest.json', 'mine/groups.txt', 'mine/rules.txt', 'wall/list.txt'];
    expect(statement).toEqual({
      _type: 'https://in-toto.io/Statement/v1',
      subject: subjects.map((name) => ({ name, digest: { sha256: sha256(files[`out/${name}`] as string) } })),
      predicateType: 'https://slsa.dev/provenance/v1',
      predicate: {
        buildDefinition: {
          buildType: 'urn:refang:build:v1',
          externalParameters: {
            inputs: ['indicators.yaml'],
            asOf: AS_OF,
            targets: { mine: { options: { sid: [1000, 9999] } }, wall: { options: {} } },
          },
          resolvedDependencies: named(
            'indicators.yaml',
            'own.txt',
            'refang.lock',
            'refang.yaml',
            'templates/mine/groups.hbs',
            'templates/mine/rules.hbs',
            'templates/mine/target.yaml',
            'templates/wall/list.hbs',
            'templates/wall/target.yaml',
          ),
        },
        runDetails: { builder: { id: 'pkg:generic/refang@0.1.0', version: { refang: '0.1.0' } } },
      },
    });
  });

  test('is the same for the same input, wherever it is built', async () => {
    const [one, other] = [folderWith(PROJECT), folderWith(PROJECT)];
    for (const folder of [one, one, other]) await run(folder, { provenance: true });
    expect(filesBelow(one)).toEqual(filesBelow(other));
  });

  test('never outlives the files that it is about', async () => {
    const folder = folderWith(PROJECT);
    await run(folder, { provenance: true });
    expect((await run(folder, { check: true })).stale).toEqual([]);
    writeFileSync(join(folder, 'refang.yaml'), 'targets: [mine]\n');
    expect((await run(folder, { check: true })).stale).toContain('provenance.json (about another build)');
    await run(folder);
    expect(existsSync(join(folder, 'out/provenance.json'))).toBe(false);
    await run(folder, { provenance: true });
    await run(folder, { targets: ['mine'] });
    expect(existsSync(join(folder, 'out/provenance.json'))).toBe(false);
  });

  test('of a file of the same name that no build wrote, nothing is changed', async () => {
    const folder = folderWith(PROJECT);
    await run(folder);
    writeFiles(folder, { 'out/provenance.json': '{"name": "mine"}' });
    await run(folder);
    expect(await problems(folder, { provenance: true })).toEqual([
      'RF602 `out/provenance.json` is in the way: no build wrote it',
    ]);
    expect(filesBelow(folder)['out/provenance.json']).toBe('{"name": "mine"}');
  });

  test('cannot be told of some targets alone', async () => {
    const folder = folderWith(PROJECT);
    expect(await problems(folder, { provenance: true, targets: ['mine'] })).toEqual([
      'RF613 the provenance of a build of some targets cannot be told',
    ]);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });
});

describe.each(['ed25519', 'P-256'] as const)('signed by %s', (curve) => {
  test('the signature holds for the key and for no other', async () => {
    const folder = withKeys(curve);
    expect(await problems(folder, { sign: 'key.pem' })).toEqual([]);
    expect(await verify({ cwd: folder, key: 'key.pub' })).toMatchObject({
      provenance: 'verified',
      findings: [],
    });
    const { findings } = await verify({ cwd: folder, key: join(withKeys(curve), 'key.pub') });
    expect(findings.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'RF619 `provenance.dsse.json` is not signed by the given key',
    ]);
  });

  test('a statement that was changed is not signed', async () => {
    const folder = withKeys(curve);
    await run(folder, { sign: 'key.pem' });
    const path = join(folder, 'out/provenance.dsse.json');
    const envelope = JSON.parse(readFileSync(path, 'utf8'));
    const payload = Buffer.from(envelope.payload, 'base64').toString().replace(AS_OF, '2026-01-02');
    writeFileSync(path, JSON.stringify({ ...envelope, payload: Buffer.from(payload).toString('base64') }));
    const { findings } = await verify({ cwd: folder, key: 'key.pub' });
    expect(findings.map(({ code }) => code)).toEqual(['RF619']);
  });

  const python = [join(enginesFolder, 'venv/bin/python'), 'python3'].find(
    (program) => spawnSync(program, ['-c', 'import securesystemslib, cryptography']).status === 0,
  );
  const missing = python
    ? ''
    : ' [needs securesystemslib: it is not installed; npm test -- --install-engines]';
  test.skipIf(!python)(`another implementation checks it${missing}`, async () => {
    const script = fileURLToPath(new URL('emit/check-envelope.py', import.meta.url));
    const folder = withKeys(curve);
    await run(folder, { provenance: true });
    const statement = readFileSync(join(folder, 'out/provenance.json'), 'utf8');
    await run(folder, { sign: 'key.pem' });
    const envelope = join(folder, 'out/provenance.dsse.json');
    const check = (key: string) => spawnSync(python ?? '', [script, envelope, key], { encoding: 'utf8' });
    expect(check(join(folder, 'key.pub'))).toMatchObject({ status: 0, stdout: statement });
    expect(check(join(withKeys(curve), 'key.pub')).stderr).toContain('Verification');
  });
});

test('Ed25519 signs the same statement with the same bytes', async () => {
  const folder = withKeys('ed25519');
  await run(folder, { sign: 'key.pem' });
  const before = filesBelow(folder);
  await run(folder, { sign: 'key.pem' });
  expect(filesBelow(folder)).toEqual(before);
  expect(Object.keys(before)).not.toContain('out/provenance.json');
});

describe('a key that cannot be used is told, and nothing is written', () => {
  const encrypted = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  }).privateKey;

  test.each<[about: string, key: () => string, reason: string]>([
    ['missing', () => folderWith(PROJECT), 'it does not exist'],
    ['open to all', () => withMode(0o644), 'everybody on this system may read or write it'],
    ['no key', () => withText('hello\n'), 'it is not a private key in PEM'],
    ['encrypted', () => withText(encrypted), 'it is encrypted'],
    ['on another curve', () => withKeys('P-384'), 'it is secp384r1, and neither Ed25519 nor ECDSA on P-256'],
    ['of another kind', () => withKeys('rsa'), 'it is rsa, and neither Ed25519 nor ECDSA on P-256'],
  ])('%s', async (_, make, reason) => {
    const folder = make();
    const report = await run(folder, { sign: 'key.pem' });
    expect(report.session.failed).toBe('configuration');
    expect(report.session.diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      `RF612 \`key.pem\` cannot be used as a key: ${reason}`,
    ]);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  function withMode(mode: number): string {
    const folder = withKeys('ed25519');
    chmodSync(join(folder, 'key.pem'), mode);
    return folder;
  }

  function withText(text: string): string {
    const folder = withKeys('ed25519');
    writeFileSync(join(folder, 'key.pem'), text);
    return folder;
  }
});
