import type { Comm } from "../magics/comms.ts";
import type { Session } from "../magics/session.ts";

/** Something that the kernel does for the front end, asked over a comm. */
export interface Service {
  /** Name under which the front end opens the comm. */
  readonly target: string;
  /** What it is for, in one sentence. */
  readonly doc: string;
  /** Called when the front end has opened a comm. */
  opened(session: Session, comm: Comm, data: unknown): unknown;
}

/** Declares a service. */
export function defineService(service: Service): Service {
  return service;
}
