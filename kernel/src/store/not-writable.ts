import { types } from "node:util";
import { UserError } from "../errors.ts";

const REASONS: readonly (readonly [codes: readonly string[], pattern: RegExp, reason: string])[] = [
  [["ENOSPC", "EDQUOT"], /no space left|quota exceeded/i, "there is no room left on the disk"],
  [["EROFS"], /read-only file system/i, "the disk is read-only"],
  [["EACCES", "EPERM"], /permission denied|operation not permitted/i, "you lack the permission"],
];

/**
 * An error, told as what it comes from where that is a store that cannot be written: a full disk looks like damage to who reads what
 * was half-written. Any other stays as it is.
 */
export function toldOfStore(error: unknown, store: string): unknown {
  for (let cause = error; types.isNativeError(cause); cause = cause.cause) {
    const reason = reasonOf(cause, store);
    if (reason === undefined) continue;
    return new UserError(`The store at ${store} cannot be written: ${reason}`, {
      where: store,
      hint: "Make room or get permission, or set TOMBOLO_STORE to another folder.",
      cause: error,
    });
  }
  return error;
}

/** Why a file of the store could not be written; undefined where the error is about something else. */
function reasonOf(error: Error, store: string): string | undefined {
  const [code, path] = [
    "code" in error ? String(error.code) : "",
    "path" in error ? String(error.path) : error.message,
  ];
  const found = REASONS.find(([codes, pattern]) => codes.includes(code) || pattern.test(error.message));
  // A full disk is told without a path; permission may lack for a file that is to be read.
  return found && (path.includes(store) || found === REASONS[0]) ? found[2] : undefined;
}
