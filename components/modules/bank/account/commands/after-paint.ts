/**
 * Calls back with the time (performance.now()) right after the browser has painted what was just
 * committed; at once in a hidden tab, which paints nothing. Returns how to call it off.
 */
export function afterPaint(callback: (now: number) => void): () => void {
  if (document.hidden) {
    callback(performance.now());
    return () => undefined;
  }
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    channel.port1.close();
    callback(performance.now());
  };
  // A task that a frame's callback queues runs after that frame's paint.
  const frame = requestAnimationFrame(() => channel.port2.postMessage(null));
  return () => {
    cancelAnimationFrame(frame);
    channel.port1.close();
  };
}
