import { join } from "node:path";
import { modelFolders } from "../models/folders.ts";
import type { ModelLibrary } from "../recipe/model.ts";
import type { Session } from "./session.ts";

/** Models of the notebook: those in the folder `models` beside it, then the built-in ones. */
export const modelsOf = (session: Session): ModelLibrary => modelFolders([join(session.folder, "models")]);
