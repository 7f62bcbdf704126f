/** The texts of a file that is drawn twice. */

import { expect, test } from 'vitest';
import { KeptTexts } from '../../compiler/render/kept-texts.ts';
import { runnerOf, sourceOf } from './help.ts';

const VIEWS = [{ value: 'a' }, { value: 'b' }];

/** What is drawn the first and the second time, and how often an entry was rendered. */
function drawnTwice(template: string, most?: number, partials = {}) {
  let rendered = 0;
  const runner = runnerOf(template, ['p', 'q'], undefined, partials);
  const kept = new KeptTexts(most);
  const draw = (serial: number) => {
    const sources = ['p', 'q'].map((name) => {
      const { size, texts } = sourceOf(VIEWS.map((view) => ({ ...view, serial })));
      const counted = function* (renderer: Parameters<typeof texts>[0]) {
        for (const text of texts(renderer)) {
          rendered++;
          yield text;
        }
      };
      return [name, { size, texts: counted }] as const;
    });
    return [...runner.stream('rules.hbs', { serial }, kept.with(new Map(sources)))].join('');
  };
  return { texts: [draw(0), draw(7)], rendered };
}

test.each<[about: string, template: string, texts: string[], rendered: number]>([
  [
    'entries that do not name the serial are rendered once',
    '{{serial}}:{{#each p}}{{value}}{{/each}}',
    ['0:ab', '7:ab'],
    2,
  ],
  [
    'entries that name it are rendered each time, those of other passes once',
    '{{#each p}}{{value}}{{serial}}{{/each}} {{#each q}}{{value}}{{/each}}',
    ['a0b0 ab', 'a7b7 ab'],
    6,
  ],
  ['also where a partial names it', '{{#each p}}{{> numbered}}{{/each}}', ['0 0 ', '7 7 '], 4],
  [
    'also in a condition inside of a list',
    '{{#each p}}{{#each (list value)}}{{#if (eq ../serial 7)}}seven{{else}}{{this}}{{/if}}{{/each}}{{/each}}',
    ['ab', 'sevenseven'],
    4,
  ],
])('%s', (_, template, texts, rendered) => {
  expect(drawnTwice(template, undefined, { numbered: '{{serial}} ' })).toEqual({ texts, rendered });
});

test('what is too long to be kept is rendered again', () => {
  const template = '{{#each p}}{{value}}{{/each}} {{#each q}}{{value}}{{/each}}';
  expect(drawnTwice(template, 2)).toEqual({ texts: ['ab ab', 'ab ab'], rendered: 6 });
  expect(drawnTwice(template, 1)).toEqual({ texts: ['ab ab', 'ab ab'], rendered: 8 });
});
