import type { LiveConnection } from './live-connection.ts';
import type { FromLiveWorker, ToLiveWorker } from './shared-live-connection.ts';

/** What is used of a tab's port in the shared worker. */
export type TabPort = {
  postMessage: (message: FromLiveWorker) => void;
  onmessage: ((event: MessageEvent<ToLiveWorker>) => void) | null;
};

/**
 * Shares one live connection among tabs: it is open while at least one of them watches. Returns
 * what takes in a tab's port; a tab that joins is told the state at once.
 */
export function createLiveFanOut(connection: LiveConnection): (port: TabPort) => void {
  const ports = new Set<TabPort>();

  function tellAll(word: FromLiveWorker) {
    for (const port of ports) {
      port.postMessage(word);
    }
  }

  connection.subscribe(() => tellAll({ state: connection.getState() }));
  connection.listen((message) => tellAll({ message }));

  return (port) => {
    port.onmessage = ({ data }) => {
      if (data === 'join') {
        ports.add(port);
        port.postMessage({ state: connection.getState() });
        connection.open();
        return;
      }
      ports.delete(port);
      if (ports.size === 0) {
        connection.close();
      }
    };
  };
}
