import { readFileSync, writeFileSync } from "node:fs";
import { Request } from "zeromq";
import type { Connection, Ports } from "./connection.ts";
import { Wire } from "./wire.ts";

/** How long whoever started the kernel has to take note of its ports, in milliseconds. */
const PATIENCE = 10_000;

/**
 * Tells whoever started the kernel which ports it has chosen, and writes them into the connection file, where other
 * clients find them. Rejects when nobody takes note: then nobody would ever speak to this kernel.
 */
export async function register(file: string, connection: Connection, ports: Ports): Promise<void> {
  const { ip, key, registrationPort } = connection;
  const wire = new Wire(key);
  const content = Object.fromEntries(
    Object.entries(ports).map(([channel, port]) => [`${channel}_port`, port]),
  );
  const socket = new Request({ receiveTimeout: PATIENCE, sendTimeout: PATIENCE, linger: 0 });
  try {
    socket.connect(`tcp://${ip}:${registrationPort}`);
    await socket.send(wire.encode({ type: "handshake_request", parent: {}, content }));
    const reply = wire.decode(await socket.receive());
    if (reply?.content.status !== "ok") throw new Error("The ports of the kernel were refused");
  } finally {
    socket.close();
  }
  const { registration_port: _, ...known } = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, JSON.stringify({ ...known, ...content }, undefined, 1), { mode: 0o600 });
}
