import { type MessagePort, workerData } from "node:worker_threads";
import { readConnection } from "./connection.ts";
import { Kernel } from "./kernel.ts";
import { watchParent } from "./parent.ts";

/** What the main thread gives the protocol thread to start with. */
export interface ProtocolData {
  readonly connectionFile: string;
  readonly port: MessagePort;
}

const { connectionFile, port }: ProtocolData = workerData;
const kernel = new Kernel(readConnection(connectionFile), port);
watchParent(() => void kernel.exit());
