/** Moves the focus to the row after or before the one that has it; to the first when none has. */
export function focusRow(table: HTMLTableElement | null, step: 1 | -1): void {
  const links = [...(table?.querySelectorAll<HTMLElement>('[data-row-link]') ?? [])];
  const active = document.activeElement;
  const index = active instanceof HTMLElement ? links.indexOf(active) : -1;
  const next = index < 0 ? 0 : Math.min(Math.max(index + step, 0), links.length - 1);
  links[next]?.focus();
}
