/** The router is on its way to another page. */
let isLeaving = false;
let isGuarded = false;

/**
 * While the router is on its way to another page, what the page before it still writes into its own address (a search
 * that waits for the last key, a position that is written now and then) is left out: the router would take it for
 * a newer navigation, and stay. `href` is where the router goes.
 */
export function keepNavigation(href: string): void {
  isLeaving = toPath(href) !== location.pathname;
  if (!isGuarded) {
    isGuarded = true;
    guard('pushState');
    guard('replaceState');
  }
}

/** Not before the first navigation: the router and nuqs put theirs around the browser's own first. */
function guard(name: 'pushState' | 'replaceState'): void {
  const write = history[name];
  history[name] = (state, unused, url) => {
    // The router's own entries have a state; those by which a page changes its address have none.
    if (state === null && isLeaving && toPath(url ?? location.href) === location.pathname) {
      return;
    }
    isLeaving = false;
    write.call(history, state, unused, url);
  };
}

const toPath = (href: string | URL) => new URL(href, location.href).pathname;
