/** What moves while a play goes on, and no first choice waits for: a call's clock, a chat's dots, and goodwill. */

import { call } from "./call";
import { feel } from "./felt";
import { need } from "./parts";
import { typed } from "./typed";

// Its parts come right behind it.
queueMicrotask(() => {
  const story = need(document, ".story");
  const { channel } = story.dataset;
  feel(story, channel === "chat" ? typed : channel === "phone" ? call(story) : undefined);
});
