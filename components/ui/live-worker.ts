import { createLiveConnection } from './live-connection.ts';
import { createLiveFanOut } from './live-fan-out.ts';

// Runs as a shared worker: a browser has six connections to a server, and each stream takes one.
const addTab = createLiveFanOut(createLiveConnection(() => new EventSource('/api/live')));

addEventListener('connect', (event) => {
  const [port] = event instanceof MessageEvent ? event.ports : [];
  if (port) {
    addTab(port);
  }
});
