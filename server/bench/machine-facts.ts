import { cpus, loadavg, totalmem } from 'node:os';

/** What the figures of a run depend on; nothing that names the machine. */
export type MachineFacts = {
  readonly platform: string;
  readonly cpu: string;
  readonly cores: number;
  /** In GB (2^30 bytes). */
  readonly memory: number;
  readonly node: string;
  /** The load average of the last minute when the run began: what else was going on. */
  readonly loadAverage: number;
};

export function getMachineFacts(): MachineFacts {
  const processors = cpus();
  return {
    platform: `${process.platform} ${process.arch}`,
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memory: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    loadAverage: Math.round((loadavg()[0] ?? 0) * 100) / 100,
  };
}

/** The machine and the day of a run, as they stand above its figures in a document. */
export function toMachineText(startedAt: string, facts: MachineFacts): string {
  const { cpu, cores, memory, node, platform, loadAverage } = facts;
  return [
    `${startedAt.slice(0, 10)}, ${cpu}, ${cores} cores, ${memory} GB, Node ${node.slice(1)},`,
    `${platform}; load average at the start ${loadAverage}.`,
  ].join('\n');
}
