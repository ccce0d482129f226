import { describe, expect, it } from 'vitest';
import { commandRecord } from '#server/testing/sample-events.ts';
import { commandRecordSchema } from './command-record.ts';

describe('a command’s record', () => {
  const tokens = [{ aggregateId: 'account#A-1', sequence: 2 }];

  it('reads back as it was written', () => {
    const record = commandRecord({ tokens });
    expect(commandRecordSchema.parse(JSON.parse(JSON.stringify(record)))).toEqual(record);
  });

  it('of the version before, whose tokens name accounts by their own ids, reads the same', () => {
    const record = commandRecord({ tokens });
    const before = { ...record, tokens: [{ accountId: 'A-1', sequence: 2 }] };
    expect(commandRecordSchema.parse(before)).toEqual(record);
  });

  it.each([[{ sequence: 2 }], [{ aggregateId: 'account#A-1' }], [{ accountId: 7, sequence: 2 }]])(
    'is none with the token %j',
    (token) => {
      const record = { ...commandRecord(), tokens: [token] };
      expect(commandRecordSchema.safeParse(record).success).toBe(false);
    },
  );
});
