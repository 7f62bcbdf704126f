import { expect, it } from 'vitest';
import { HELPERS } from '../../../compiler/render/helpers/helpers.ts';
import { LANGUAGES, languageFor } from '../../../compiler/render/languages/languages.ts';

it('knows the built-in languages by the name they give themselves', () => {
  for (const [name, language] of LANGUAGES) expect([name, language.name]).toEqual([name, name]);
  for (const [name, language] of LANGUAGES) expect(languageFor(name)).toBe(language);
});

it.each(['snort', 'constructor', '__proto__', ''])('knows no language %j', (name) => {
  expect(languageFor(name)).toBeUndefined();
});

it('makes a language from a table', () => {
  expect(languageFor({ escape: { a: 'b' } })?.text.escape('cab')).toBe('cbb');
});

it('has no place that a helper or the field `value` would hide', () => {
  const places = [...LANGUAGES.values()].flatMap((language) => Object.keys(language.places));
  for (const place of places) expect(Object.keys(HELPERS)).not.toContain(place);
  for (const field of ['value', 'name', 'address', 'note', 'title']) expect(places).not.toContain(field);
});
