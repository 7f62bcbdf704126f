import { mkdtempSync, writeFileSync, rmSync } from 'node:fs';
import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { test } from 'vitest';
import { build } from '../../compiler/index.ts';
import { nastyCollection } from './nasty.ts';
import { openSession } from '../../compiler/session.ts';
import { renderTarget } from '../../compiler/render/render-target.ts';
const TARGETS = readdirSync('templates');
test('try', async () => {
  const seen = new Map<string, number>();
  const [N, R] = [Number(process.env.RUNS ?? 5), Number(process.env.RECS ?? 60)];
  for (const text of fc.sample(nastyCollection(R), N)) {
    const cwd = mkdtempSync('/tmp/adversary/t-');
    writeFileSync(`${cwd}/indicators.yaml`, text);
    writeFileSync(`${cwd}/refang.yaml`, 'approximate: [url-prefix]\npolicy: {share: {tlp: red}, detect: {tlp: red}, hunt: {tlp: red}, block: {tlp: red}}\npublisher: {name: "x\\n\\"\\\\{{y}}*/ --> </a>", prefix: "A -- b"}\n');
    const t0 = Date.now();
    const session = await openSession({ cwd, files: [], targets: TARGETS, asOf: '2026-01-01' });
    const t1 = Date.now();
    for (const d of session.diagnostics) if (d.severity === 'error') console.log(d.code, d.message.slice(0, 300), d.help);
    for (const target of session.compiled?.targets ?? []) {
      try {
        for (const { chunks } of target.files()) for (const _ of chunks) {}
      } catch (e) {
        const m = `${target.name}: ${(e as Error).message} ${(e as any).diagnostic ? '' : (e as Error).stack}`;
        if (!seen.has(m)) console.log(m.slice(0, 600));
        seen.set(m, (seen.get(m) ?? 0) + 1);
      }
    }
    console.log(session.collection?.indicators.size, t1 - t0, Date.now() - t1);
    rmSync(cwd, { recursive: true });
  }
  console.log(seen);
}, 600000);
