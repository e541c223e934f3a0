import { availableParallelism, freemem, hostname, totalmem } from "node:os";
import type { Json } from "../wire.ts";

let before = { time: performance.now(), cpu: process.cpuUsage() };

/** `usage_request`: memory and processor of the kernel, as ipykernel tells them. */
export async function usage(): Promise<Json> {
  const time = performance.now();
  const { user, system } = process.cpuUsage(before.cpu);
  const percent = (user + system) / 10 / Math.max(1, time - before.time);
  before = { time, cpu: process.cpuUsage() };
  const [total, available] = [totalmem(), freemem()];
  return {
    status: "ok",
    hostname: hostname(),
    pid: process.pid,
    kernel_cpu: Math.round(percent * 10) / 10,
    kernel_memory: process.memoryUsage.rss(),
    cpu_count: availableParallelism(),
    host_virtual_memory: {
      total,
      available,
      free: available,
      used: total - available,
      percent: Math.round((1000 * (total - available)) / total) / 10,
    },
  };
}
