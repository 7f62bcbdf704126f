import {test} from 'vitest';
import { mergeRanges, rangeOf, formatRange, formatIpv4 } from '../compiler/indicators/address.ts';
import { KIND_MODULES } from '../compiler/indicators/kinds.ts';
import { specialUse } from '../compiler/indicators/special-use.ts';
test('x',()=>{
 const time=(n:string,f:()=>unknown)=>{const t=performance.now();const r=f();console.log(n,(performance.now()-t).toFixed(0),'ms');return r as any;};
 const ips=Array.from({length:1e6},(_, i)=>formatIpv4((i*2654435761)>>>0));
 time('parse ip',()=>ips.forEach(v=>KIND_MODULES.ip.parse(v)));
 const rs=time('rangeOf',()=>ips.map(rangeOf));
 const m=time('merge',()=>mergeRanges(rs));
 time('format',()=>m.map(formatRange));
 time('special',()=>ips.forEach(v=>specialUse('ip',v)));
 const ds=ips.map((v,i)=>`h${i}.sub.host.example`);
 time('parse domain',()=>ds.forEach(v=>KIND_MODULES.domain.parse(v)));
 time('parse domain defanged',()=>ds.forEach(v=>KIND_MODULES.domain.parse(v.replaceAll('.','[.]'))));
 time('special',()=>ds.forEach(v=>specialUse('domain',v)));
 const us=ds.map(d=>`http://${d}/a/b?c=${d}`);
 time('parse url',()=>us.forEach(v=>KIND_MODULES.url.parse(v)));
 time('describe url',()=>us.forEach(v=>KIND_MODULES.url.describe(v)));
 time('special url',()=>us.forEach(v=>specialUse('url',v)));
 for (const k of Object.keys(KIND_MODULES) as (keyof typeof KIND_MODULES)[]) for (const h of ['['.repeat(1e6),' ['.repeat(5e5),'[ '.repeat(5e5),'a.'.repeat(5e5),'1.'.repeat(5e5),'a:'.repeat(5e5),' '.repeat(1e6)+'x','x'+' '.repeat(1e6)+'y','a-'.repeat(5e5),'%41'.repeat(3e5),'http://'+'a@'.repeat(5e5),'ä'.repeat(1e6), '0'.repeat(1e6), '1'.repeat(1e6), '\\'.repeat(1e6), '@'.repeat(1e6),'a -'.repeat(4e5),'a/'.repeat(5e5), 'http://h.example/'+'%41'.repeat(3e5),'[dot'.repeat(2e5)]) { const t=performance.now(); KIND_MODULES[k].parse(h); const d=performance.now()-t; if(d>150) console.log('SLOW',k,h.slice(0,10),d.toFixed(0)); }
});
