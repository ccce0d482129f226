import classes from './sparkline.module.css';

export type SparklineProps = {
  /** Oldest first; null where nothing is known, which leaves a gap. */
  values: readonly (number | null)[];
  /** The least that the vertical axis reaches to, so that noise near zero stays small. */
  minTop: number;
  /** What is drawn, in a sentence with the newest figure, for those who cannot see it. */
  label: string;
};

const WIDTH = 84;
const HEIGHT = 20;

/** So many points are as much as the width shows. */
const MAX_POINTS = 42;

/** A quantity over the last minutes, as small as a word. */
export function Sparkline({ values, minTop, label }: SparklineProps) {
  const points = thin(values);
  const top = Math.max(minTop, ...points.map((value) => value ?? 0));
  const step = WIDTH / (MAX_POINTS - 1);
  const start = WIDTH - (points.length - 1) * step;
  const path = points
    .map((value, index) => {
      if (value === null) {
        return '';
      }
      const isFirst = (points[index - 1] ?? null) === null;
      const x = (start + index * step).toFixed(1);
      const y = (HEIGHT - 1.5 - (value / top) * (HEIGHT - 3)).toFixed(1);
      // A point between two gaps is a dot: a line of no length with round ends.
      return isFirst ? `M${x} ${y}h0` : `L${x} ${y}`;
    })
    .join('');
  return (
    <svg
      role="img"
      aria-label={label}
      className={classes.chart}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
    >
      <path d={path} />
    </svg>
  );
}

/** The worst of each few values: a peak is what one looks for. */
function thin(values: readonly (number | null)[]): (number | null)[] {
  const size = Math.max(1, Math.ceil(values.length / MAX_POINTS));
  const groups = Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size).filter((value) => value !== null),
  );
  return groups.map((group) => (group.length === 0 ? null : Math.max(...group)));
}
