import { describe, expect, it } from 'vitest';
import { findCurrent, putView, readSavedViews, removeView, toViewQuery } from './saved-view.ts';

const CLOSED = { name: 'Closed', query: 'status=closed' };
const EUROS = { name: 'Euros', query: 'currency=EUR&sort=balance' };

describe('readSavedViews', () => {
  it('given what it kept, when it is read, then the views are there', () => {
    expect(readSavedViews(JSON.stringify([CLOSED, EUROS]))).toEqual([CLOSED, EUROS]);
  });

  it.each([undefined, '', '{', 'null', '{}', '[{"name":""}]', '[1]'])(
    'given storage that holds %j, when it is read, then there is no view',
    (kept) => {
      expect(readSavedViews(kept)).toEqual([]);
    },
  );
});

describe('toViewQuery', () => {
  it('given a URL with more than the view, when it is read, then only the view is in it, in one order', () => {
    const search = new URLSearchParams('cursor=abc&sort=balance&saved=Mine&currency=EUR,CZK');
    expect(toViewQuery(search, ['q', 'currency', 'sort'])).toBe('currency=EUR%2CCZK&sort=balance');
  });
});

describe('putView and removeView', () => {
  it('given two views, when one is put again, then it is replaced', () => {
    const overwritten = { name: 'Euros', query: 'currency=EUR' };
    expect(putView([CLOSED, EUROS], overwritten)).toEqual([CLOSED, overwritten]);
  });

  it('given a view, when one before it by name is put, then they are in order of name', () => {
    expect(putView([EUROS], CLOSED)).toEqual([CLOSED, EUROS]);
  });

  it('given two views, when one is removed, then the other stays', () => {
    expect(removeView([CLOSED, EUROS], 'Closed')).toEqual([EUROS]);
  });
});

describe('findCurrent', () => {
  it('given a view that was applied, when the URL has changed, then it is still the one', () => {
    expect(findCurrent([CLOSED, EUROS], 'Euros', 'status=closed')).toBe(EUROS);
  });

  it('given a name that is not kept here, when the URL is a view, then it is that one', () => {
    expect(findCurrent([CLOSED, EUROS], 'Somebody’s', 'status=closed')).toBe(CLOSED);
    expect(findCurrent([CLOSED, EUROS], null, 'q=x')).toBeUndefined();
  });
});
