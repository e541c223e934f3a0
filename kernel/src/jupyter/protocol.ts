import { type MessagePort, workerData } from "node:worker_threads";
import type { BlockingChannel } from "./bridge.ts";
import { readConnection } from "./connection.ts";
import { Kernel } from "./kernel.ts";
import { watchParent } from "./parent.ts";

/** What the main thread gives the protocol thread to start with. */
export interface ProtocolData {
  readonly connectionFile: string;
  /** Folder of the notebook. */
  readonly folder: string;
  readonly port: MessagePort;
  readonly input: BlockingChannel;
}

const data: ProtocolData = workerData;
const kernel = new Kernel(readConnection(data.connectionFile), data);
watchParent(() => void kernel.exit());
