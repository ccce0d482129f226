import { describe, expect, it } from 'vitest';
import { keyLists } from './key-lists.ts';

describe('the items of a list', () => {
  it('stand under their names, their ids, or the ends of a link', () => {
    expect(
      keyLists({
        'services.0.name': 'web',
        'services.0.configuration.a.b': '1',
        'services.1.name': 'db',
        'links.0.from': 'web',
        'links.0.to': 'db',
        'orders.0.id': '7',
        'orders.0.lines.0.name': 'first',
      }),
    ).toEqual({
      'services.web.name': 'web',
      'services.web.configuration.a.b': '1',
      'services.db.name': 'db',
      'links.web → db.from': 'web',
      'links.web → db.to': 'db',
      'orders.7.id': '7',
      'orders.7.lines.first.name': 'first',
    });
  });

  it.each([
    ['two have the same name', { 'services.0.name': 'web', 'services.1.name': 'web' }],
    ['one has none', { 'services.0.name': 'web', 'services.1.kind': 'api' }],
    ['they are texts', { 'tags.0': 'a', 'tags.1': 'b' }],
    ['there is no list', { name: 'Shop', 'a.name': 'x', tags: '(empty)' }],
  ])('stay in their places where %s', (_, fields) => {
    expect(keyLists(fields)).toEqual(fields);
  });
});
