import type { PainterAnswer, PainterQuestion } from "./protocol.ts";
import { Studio } from "./studio.ts";

// Runs in a thread of its own: the page stays alive while a large map is painted.

const studio = new Studio((width, height) => new OffscreenCanvas(width, height));

/** What this file needs of the thread's global scope; the page's types are another library's. */
interface Scope {
  onmessage: ((event: MessageEvent<PainterQuestion>) => void) | null;
  postMessage(answer: PainterAnswer, transfer: Transferable[]): void;
}

declare const self: Scope;

self.onmessage = ({ data }) => {
  try {
    const [answer, transfer] = answerTo(data);
    self.postMessage(answer, transfer);
  } catch (error) {
    self.postMessage({ type: "failed", number: data.number, message: String(error) }, []);
  }
};

function answerTo(question: PainterQuestion): [PainterAnswer, Transferable[]] {
  const { number } = question;
  switch (question.type) {
    case "load": {
      const loaded = studio.load(question.key, question.bytes);
      return [{ type: "loaded", number, loaded }, loaded.index ? [loaded.index] : []];
    }
    case "paint": {
      const canvas = studio.paint(question.request);
      if (!(canvas instanceof OffscreenCanvas)) throw new Error("this thread has no canvas of its own");
      const image = canvas.transferToImageBitmap();
      return [{ type: "painted", number, image }, [image]];
    }
    case "drop":
      studio.drop(question.key);
      return [{ type: "dropped", number }, []];
  }
}
