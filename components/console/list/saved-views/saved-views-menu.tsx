'use client';

import { useRef, useState } from 'react';
import { NameForm } from './name-form.tsx';
import type { SavedView } from './saved-view.ts';
import { SavedViewItem } from './saved-view-item.tsx';
import classes from './saved-views.module.css';

export type SavedViewsMenuProps = {
  views: readonly SavedView[];
  current: SavedView | undefined;
  /** The URL differs from the current view. */
  changed: boolean;
  toHref: (view: SavedView) => string;
  onApply: () => void;
  /** Keeps what the URL is under this name; overwrites the view that has it. */
  onSave: (name: string) => void;
  onRename: (from: string, to: string) => void;
  onDelete: (name: string) => void;
};

/** The saved views, each a link, and a form that saves what the page shows now. */
export function SavedViewsMenu(props: SavedViewsMenuProps) {
  const { views, current, changed, toHref, onApply, onSave, onRename, onDelete } = props;
  const [renaming, setRenaming] = useState<string | null>(null);
  const saveRef = useRef<HTMLInputElement>(null);
  const has = (name: string) => views.some((view) => view.name === name);
  /** What had the focus is gone: the next thing to type in gets it. */
  const focusSave = () => saveRef.current?.focus();

  return (
    <>
      {views.length === 0 ? (
        <p className={classes.none}>
          No view is saved. Filter and sort the list, and name it here.
        </p>
      ) : (
        <ul className={classes.views} aria-label="Saved views">
          {views.map((view) => (
            <li key={view.name}>
              {view.name === renaming ? (
                <NameForm
                  label={`New name of ${view.name}`}
                  initial={view.name}
                  focused
                  toButton={() => 'Rename'}
                  toProblem={(name) =>
                    name !== view.name && has(name) ? 'Another view has this name.' : null
                  }
                  onSubmit={(name) => {
                    onRename(view.name, name);
                    setRenaming(null);
                    focusSave();
                  }}
                />
              ) : (
                <SavedViewItem
                  view={view}
                  href={toHref(view)}
                  note={view === current ? (changed ? 'changed' : 'shown now') : null}
                  onApply={onApply}
                  onRename={() => setRenaming(view.name)}
                  onDelete={() => {
                    onDelete(view.name);
                    focusSave();
                  }}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      <NameForm
        label="Save what is shown as"
        initial={changed && current ? current.name : ''}
        inputRef={saveRef}
        toButton={(name) => (has(name) ? 'Overwrite' : 'Save')}
        toProblem={() => null}
        onSubmit={onSave}
      />
    </>
  );
}
