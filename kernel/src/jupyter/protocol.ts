import { writeSync } from "node:fs";
import { type MessagePort, workerData } from "node:worker_threads";
import { type ForkLock, shareForkLock } from "../engine/fork-lock.ts";
import type { BlockingChannel } from "./bridge.ts";
import { readConnection } from "./connection.ts";
import { register } from "./handshake.ts";
import { Kernel } from "./kernel.ts";
import { watchParent } from "./parent.ts";

/** What the main thread gives the protocol thread to start with. */
export interface ProtocolData {
  readonly connectionFile: string;
  /** Folder of the notebook. */
  readonly folder: string;
  readonly port: MessagePort;
  readonly input: BlockingChannel;
  readonly forkLock: ForkLock;
}

const data: ProtocolData = workerData;
shareForkLock(data.forkLock);
const connection = readConnection(data.connectionFile);
const kernel = new Kernel(connection, data);
watchParent(() => void kernel.exit());
if (connection.registrationPort !== undefined) {
  await register(data.connectionFile, connection, await kernel.ports()).catch(async (error) => {
    writeSync(2, `Nobody has taken note of the ports of this kernel: ${String(error)}\n`);
    await kernel.exit();
  });
}
