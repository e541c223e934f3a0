import {
  type ArgumentDeclaration,
  defineMagic as declare,
  type Magic,
  type MagicDeclaration,
  type OptionDeclarations,
} from "../magics/magic.ts";
import { definePreloaded } from "./preloaded.ts";

type OwnMagic<Options extends OptionDeclarations, Result> = Pick<
  MagicDeclaration<Options, Result>,
  "name" | "summary" | "run"
> &
  Partial<MagicDeclaration<Options, Result>>;

const ANY_WORDS: readonly ArgumentDeclaration[] = [
  { name: "words", doc: "words for the magic", required: false, rest: true },
];

/** `defineMagic`: a magic of one's own. */
export const defineMagic = definePreloaded({
  name: "defineMagic",
  summary: "defineMagic({ name, summary, run }) makes a magic of one's own, with help and completion.",
  load: (session) => {
    return <const Options extends OptionDeclarations = Record<never, never>, Result = unknown>(
      own: OwnMagic<Options, Result>,
    ): void => {
      const { kinds = ["line", "cell"], arguments: words = ANY_WORDS, options = {}, examples = [] } = own;
      const magic: Magic<Result> = declare({ ...own, kinds, arguments: words, options, examples });
      session.magics.add(magic);
    };
  },
});
