'use client';

import {
  parseAsArrayOf,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
  throttle,
  useQueryStates,
} from 'nuqs';

/** The URL follows the step so often: browsers allow about a hundred changes in 30 seconds. */
const URL_MS = 400;

const VIEWS = ['graph', 'table'] as const;
export type TopologyView = (typeof VIEWS)[number];

/** In which way a step comes into the browser's history. */
export type StepHistory = 'push' | 'replace';

const PARAMS = {
  /** The same as the time machine's, so that one stays at the event when changing between the two. */
  seq: parseAsInteger,
  view: parseAsStringLiteral(VIEWS).withDefault('graph'),
  q: parseAsString.withDefault(''),
  kind: parseAsArrayOf(parseAsString).withDefault([]),
  service: parseAsString,
};

/**
 * What the topology is looked at by, in the URL: the step, the view, the filter and the chosen service.
 * Without a step it is the newest event, and stays with it as events arrive.
 */
export function useTopologyState(version: number) {
  const [{ seq, view, q, kind, service }, set] = useQueryStates(PARAMS, { history: 'push' });
  return {
    step: toStep(seq ?? version, version),
    view,
    q,
    kinds: kind,
    service,
    isFiltered: q !== '' || kind.length > 0,
    stepTo: (to: number, history: StepHistory = 'push') => {
      const step = toStep(to, version);
      void set(
        { seq: step === version ? null : step },
        { history, limitUrlUpdates: throttle(URL_MS) },
      );
    },
    change: (change: Partial<{ view: TopologyView; q: string; kind: string[] }>) =>
      void set(change),
    choose: (name: string | null) => void set({ service: name }),
  };
}

/** Before its first event a project has no topology, so steps begin with that event. */
function toStep(sequence: number, version: number): number {
  return Math.min(Math.max(Math.round(sequence), 1), Math.max(version, 1));
}
