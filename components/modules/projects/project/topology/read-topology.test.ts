import { describe, expect, it } from 'vitest';
import { readTopology } from './read-topology.ts';

const STATE = {
  name: 'Shop',
  'services.0.name': 'web',
  'services.0.kind': 'frontend',
  'services.0.configuration.HOST': 'shop.example.com',
  'services.0.configuration.a.b': '1',
  'services.1.name': 'db',
  'services.1.kind': 'postgres',
  'links.0.from': 'web',
  'links.0.to': 'db',
};

describe('a topology in a state as it travels', () => {
  it('has services with kind and configuration, and links', () => {
    expect(readTopology(STATE)).toEqual({
      nodes: [
        {
          name: 'web',
          kind: 'frontend',
          configuration: { HOST: 'shop.example.com', 'a.b': '1' },
        },
        { name: 'db', kind: 'postgres', configuration: {} },
      ],
      edges: [{ source: 'web', target: 'db' }],
    });
  });

  it('is nothing before the first service', () => {
    expect(readTopology({})).toEqual({ nodes: [], edges: [] });
    expect(readTopology({ name: 'Shop' })).toEqual({ nodes: [], edges: [] });
  });
});
