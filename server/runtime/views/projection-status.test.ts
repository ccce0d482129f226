import { describe, expect, it } from 'vitest';
import { type ProjectionFacts, toProjectionStatus } from './projection-status.ts';

const NOW = new Date('2026-11-21T10:00:00.000Z');
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1_000).toISOString();
const report = (workerId: string, error: string | null = null, seconds = 0) => ({
  workerId,
  error,
  errorSince: error === null ? null : ago(seconds),
});
const healthy: ProjectionFacts = {
  codeVersion: 2,
  storedVersion: 2,
  paused: null,
  isRebuilding: false,
  deadLetters: { count: 0, since: null },
  claimedBy: 'w1',
  reports: [report('w1'), report('w2')],
  now: NOW,
};
const of = (changes: Partial<ProjectionFacts>) => toProjectionStatus({ ...healthy, ...changes });
const paused = { at: ago(60), by: 'olga', reason: 'a look at it' };
const deadLetters = { count: 3, since: ago(300) };
const stuck = [report('w1', 'PostgreSQL is down.', 11)];

describe('toProjectionStatus', () => {
  it('runs', () => {
    expect(of({})).toEqual({ kind: 'running', reason: null, since: null });
    expect(of({ storedVersion: null })).toMatchObject({ kind: 'running' });
    expect(of({ reports: undefined })).toMatchObject({ kind: 'running' });
    expect(of({ reports: [] })).toMatchObject({ kind: 'running' });
  });

  it('is stuck when an error is retried for ten seconds, and shows it before', () => {
    const failing = (seconds: number) => of({ reports: [report('w1', 'No.', seconds)] });
    expect(failing(9.9)).toEqual({ kind: 'running', reason: 'No.', since: ago(9.9) });
    expect(failing(10)).toEqual({ kind: 'stuck', reason: 'No.', since: ago(10) });
  });

  it('listens to the worker that has the claim, and to any when nobody has it', () => {
    const reports = [report('w1'), report('w2', 'No.', 60)];
    expect(of({ reports })).toMatchObject({ kind: 'running', reason: null });
    expect(of({ reports, claimedBy: 'w2' })).toMatchObject({ kind: 'stuck', reason: 'No.' });
    expect(of({ reports, claimedBy: null })).toMatchObject({ kind: 'stuck', reason: 'No.' });
  });

  it('is blocked by dead letters, with how many aggregates wait', () => {
    expect(of({ deadLetters })).toEqual({
      kind: 'blocked',
      reason: '3 aggregates wait at dead letters.',
      since: ago(300),
    });
    expect(of({ deadLetters: { ...deadLetters, count: 1 } })).toMatchObject({
      reason: '1 aggregate waits at dead letters.',
    });
    expect(of({ deadLetters, reports: stuck })).toMatchObject({ kind: 'stuck' });
  });

  it('is paused, whatever else it is', () => {
    const all = { paused, deadLetters, isRebuilding: true, storedVersion: 1, reports: [] };
    expect(of({ ...all, claimedBy: null })).toEqual({
      kind: 'paused',
      reason: 'Paused by olga: a look at it',
      since: ago(60),
    });
    expect(of({ paused: { ...paused, reason: null } })).toMatchObject({ reason: 'Paused by olga' });
  });

  it('is outdated until it is being rebuilt', () => {
    expect(of({ storedVersion: 1 })).toMatchObject({
      kind: 'outdated',
      reason: 'Its tables hold version 1, the code is version 2: rebuild it.',
    });
    expect(of({ storedVersion: 1, reports: [], claimedBy: null })).toMatchObject({
      kind: 'outdated',
    });
    expect(of({ storedVersion: 1, isRebuilding: true })).toMatchObject({ kind: 'rebuilding' });
    expect(of({ isRebuilding: true, deadLetters })).toMatchObject({ kind: 'rebuilding' });
    expect(of({ isRebuilding: true, reports: stuck })).toMatchObject({ kind: 'stuck' });
  });

  it('is down when no worker lives, and unknown when nobody can tell', () => {
    expect(of({ reports: [], claimedBy: null, deadLetters })).toMatchObject({ kind: 'down' });
    expect(of({ reports: undefined, claimedBy: null })).toMatchObject({ kind: 'unknown' });
  });
});
