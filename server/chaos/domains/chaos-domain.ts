import type { Check } from '../checks/check.ts';
import type { World } from '../checks/world.ts';
import type { SentCommand } from '../command-log.ts';
import type { Random } from '../draw.ts';
import type { Draft } from '../planned-command.ts';
import type { ApiRead } from './api-read.ts';

/** Of what is planned in a run, as much as plans of several modules need of each other. */
export type SharedIds = {
  /** In front of every id, so that no two runs have the same. */
  readonly prefix: string;
  /** Templates that were planned and not deprecated, the newest last. */
  readonly templates: string[];
  /** Templates whose deprecation was planned, the newest last. */
  readonly deprecated: string[];
};

/** A module in the load: what is sent to it, where its views are read, and what must be true in the end. */
export type ChaosDomain = {
  /** The module's name. */
  readonly module: string;
  /** How many of its first commands begin what the others are about; they come before everything else. */
  readonly beginnings: number;
  /** Its share of the load after that, compared with the other modules’. */
  readonly weight: number;
  /**
   * Commands without an end, always the same ones for the same random numbers. Those in one list are
   * begun at the same moment: they race.
   */
  plan(random: Random, shared: SharedIds): Generator<readonly Draft[], never>;
  /** Its queries over the API. */
  readonly reads: readonly ApiRead[];
  /** What its rules promise, looked at in another way than its rules do. */
  readonly check?: (commands: readonly SentCommand[], world: World) => Check;
};
