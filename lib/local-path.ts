/** A page of the console that a link names; the overview for what leads elsewhere. */
export function toLocalPath(text: unknown): string {
  if (typeof text !== 'string' || !/^\/(?![/\\])[^\\\s]*$/.test(text)) {
    return '/';
  }
  const { origin, pathname, search } = new URL(text, 'http://localhost');
  return origin === 'http://localhost' && !pathname.startsWith('/sign-in')
    ? pathname + search
    : '/';
}
