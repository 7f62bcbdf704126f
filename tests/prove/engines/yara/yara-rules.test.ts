import { expect, test } from 'vitest';
import { readRules } from '../../../../compiler/prove/engines/yara/yara-rules.ts';

test('reads names and ids of rules, and nothing that only looks like one', () => {
  const source = String.raw`
// rule Comment { meta: id = "comment" condition: true }
/* rule Block { condition: true } */
import "hash"
rule First : IOC historical { meta: score = -5 text = "} rule InText { meta: id = \"x\"" ok = true id = "one" id = "two"
  strings: $a = /rule InExpression \{ a{1,3}\/ "/ nocase $b = { 41 42 ?? } $id = "z"
  condition: any of them and filesize / 2 > 1 }
global private rule Hidden { condition: true }
private rule Hidden2 { meta: id = "hidden" condition: true }
global rule Everywhere { meta: id = 7 condition: true }
rule Bare{condition:First}
rule NoId { meta: description = "id" strings: $a = "id = \"no\"" condition: $a }
`;
  expect(readRules(source)).toEqual([
    ['First', 'one'],
    ['Everywhere', 'Everywhere'],
    ['Bare', 'Bare'],
    ['NoId', 'NoId'],
  ]);
});
