import { CYCLE, MARKS } from '../marks.ts';
import classes from './topology-graph.module.css';

const SIGNS = [MARKS.added, MARKS.removed, { ...CYCLE, tone: 'cycle' }];

/** What the signs on links mean; services have the words themselves. */
export function GraphLegend() {
  return (
    <ul className={classes.legend} aria-label="Signs on links">
      {SIGNS.map(({ sign, text, tone }) => (
        <li key={text}>
          <span aria-hidden className={`${classes.sign} ${classes.tone}`} data-tone={tone}>
            {sign}
          </span>
          {text}
        </li>
      ))}
    </ul>
  );
}
