import { setOf, targetOf, planOf } from '/work/main/tests/plan/help.ts';
import { formatIpv4 } from '/work/main/compiler/indicators/address.ts';
import { test } from 'vitest';
test('x', () => {
  const time = (n: string, f: () => any) => { const t = performance.now(); const r = f(); console.log(n, Math.round(performance.now() - t), 'ms'); return r; };
  const N = 500000;
  const given: any[] = [];
  for (let i = 0; i < N; i++) { given.push(['ip', formatIpv4((i * 2654435761) >>> 0)]); given.push(['domain', `h${i}.sub${i % 1000}.example`]); }
  const set = setOf(given);
  const t1 = targetOf({ dns: { takes: ['domain'], subdomains: true }, ips: { takes: ['ip', 'cidr'], networks: true } });
  const t2 = targetOf({ dns: { takes: ['domain'], subdomains: true, group: 'context', pack: { count: 1000 } } });
  const t3 = targetOf({ ips: { takes: ['ip', 'cidr'], merge: true } });
  time('plain', () => planOf(set, t1)); time('group+pack', () => planOf(set, t2)); time('merge', () => planOf(set, t3));
});
