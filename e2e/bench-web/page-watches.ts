/*
 * Functions that run in the page: Playwright sends their text, so each stands alone.
 */

/** tsx wraps functions that have a name in this one, which a page knows nothing of. */
export const TO_NAME = 'globalThis.__name = (value) => value';

type Paints = {
  firstPaint: number;
  largestPaint: number;
  longestTask: number;
  shift: number;
};

/** Watches a page from its beginning for what it paints, how long it is busy and how far it moves. */
export function watchPaints(): void {
  const paints: Paints = { firstPaint: 0, largestPaint: 0, longestTask: 0, shift: 0 };
  Object.assign(window, { paints });
  const watch = (type: string, onEntry: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(onEntry)).observe({
      type,
      buffered: true,
    });
  watch('paint', (entry) => {
    if (entry.name === 'first-contentful-paint') {
      paints.firstPaint = entry.startTime;
    }
  });
  watch('largest-contentful-paint', (entry) => {
    paints.largestPaint = entry.startTime;
  });
  watch('longtask', (entry) => {
    paints.longestTask = Math.max(paints.longestTask, entry.duration);
  });
  watch('layout-shift', (entry) => {
    if (Reflect.get(entry, 'hadRecentInput') === false) {
      paints.shift += Number(Reflect.get(entry, 'value'));
    }
  });
}

export function readPaints(): Paints {
  return Reflect.get(window, 'paints');
}

/** Watches how long it takes from what the reader does to the next paint, as INP counts it. */
export function watchInteractions(): void {
  const latencies = new Map<number, number>();
  Object.assign(window, { latencies });
  const options = { type: 'event', buffered: true, durationThreshold: 16 };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const id = Number(Reflect.get(entry, 'interactionId') ?? 0);
      if (id > 0) {
        latencies.set(id, Math.max(latencies.get(id) ?? 0, entry.duration));
      }
    }
  }).observe(options);
}

/** The latency of each interaction since the last reading; those below 16 ms are not told. */
export function takeLatencies(): number[] {
  const latencies: Map<number, number> = Reflect.get(window, 'latencies');
  const taken = [...latencies.values()];
  latencies.clear();
  return taken;
}

/** Notes the time of each frame until it is read. */
export function watchFrames(): void {
  const frames: number[] = [];
  Object.assign(window, { frames });
  requestAnimationFrame(function note(now) {
    frames.push(now);
    requestAnimationFrame(note);
  });
}

export function readFrames(): number[] {
  return Reflect.get<Window, string>(window, 'frames');
}
