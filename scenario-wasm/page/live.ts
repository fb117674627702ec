/** What moves during a play, and which the first choice does not wait for: a call's clock, a chat's dots, and goodwill. */

import { call } from "./call";
import { feel } from "./felt";
import { need } from "./parts";
import { typed } from "./typed";

// Its parts follow immediately.
queueMicrotask(() => {
  const story = need(document, ".story");
  const { channel } = story.dataset;
  feel(story, channel === "chat" ? typed : channel === "phone" ? call(story) : undefined);
});
