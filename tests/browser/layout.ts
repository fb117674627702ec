// What holds of the layout of every page and state: nothing is cut off, lies over something else, or is too small.

import { expect, type Page } from "./site";

/** On paper text is read from nearer: 8 points. */
export const ON_PAPER = (8 * 96) / 72;

/** Nothing is wider than the page, no text is too small or lies over another, and nothing that is pressed is under 24 pixels. */
export async function fits(page: Page, where = "", least = 12): Promise<void> {
  const found = await page.evaluate((least) => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const small: string[] = [];
    const isSeen = (each: Element) => each.checkVisibility() && !each.closest(".unseen, .skip");
    /** What scrolls by itself shows only a part of its text. */
    const clip = (each: Element | null): DOMRect | null => {
      if (!each || each === document.body) return null;
      return getComputedStyle(each).overflow === "visible" ? clip(each.parentElement) : each.getBoundingClientRect();
    };
    const texts: { node: Text; box: DOMRect }[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode as Text;
      const parent = node.parentElement!;
      if (!node.data.trim() || !isSeen(parent)) continue;
      const svg = parent.closest("svg");
      const scale = svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
      const size = parseFloat(getComputedStyle(parent).fontSize) * scale;
      // A reference to a footnote is read with its sentence.
      if (size < least - 0.01 && !parent.closest("sup")) small.push(`${size.toFixed(1)} px: ${node.data}`);
      // What stays in place while the page scrolls lies over what scrolls.
      if (parent.closest(".bar, dialog, option, textarea")) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const frame = clip(parent);
      for (const box of range.getClientRects()) {
        // A line box is higher than what is seen of its letters.
        const high = Math.min(box.height, size);
        const [left, right] = [Math.max(box.left, frame?.left ?? box.left), Math.min(box.right, frame?.right ?? box.right)];
        const [top, bottom] = [box.y + (box.height - high) / 2, box.y + (box.height + high) / 2];
        const isShown = !frame || (top >= frame.top && bottom <= frame.bottom);
        if (right > left && isShown) texts.push({ node, box: new DOMRect(left, top, right - left, high) });
      }
    }
    const over: string[] = [];
    texts.sort((one, other) => one.box.top - other.box.top);
    texts.forEach(({ node, box }, place) => {
      for (let next = place + 1; next < texts.length && texts[next]!.box.top < box.bottom - 2; next++) {
        const { node: other, box: its } = texts[next]!;
        const wide = Math.min(box.right, its.right) - Math.max(box.left, its.left);
        if (node !== other && wide > 2) over.push(`${node.data.trim().slice(0, 40)} / ${other.data.trim().slice(0, 40)}`);
      }
    });
    for (const each of document.querySelectorAll("button, summary, .choice, .go, input, textarea")) {
      const { width, height } = (each.closest("label") ?? each).getBoundingClientRect();
      if (isSeen(each) && !each.matches(":disabled") && Math.min(width, height) < 24) small.push(`target: ${each.outerHTML}`);
    }
    return { wide: scrollWidth - clientWidth, small, over };
  }, least);
  expect(found, where).toEqual({ wide: 0, small: [], over: [] });
}

/** Sets the text as wide as a reader may ask for by a style of their own: WCAG 1.4.12. Gives the way back. */
export async function space(page: Page): Promise<() => Promise<unknown>> {
  const client = await page.context().newCDPSession(page);
  await client.send("DOM.enable");
  await client.send("CSS.enable");
  const { frameTree } = await client.send("Page.getFrameTree");
  const { styleSheetId } = await client.send("CSS.createStyleSheet", { frameId: frameTree.frame.id });
  const text = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }";
  const set = (text: string) => client.send("CSS.setStyleSheetText", { styleSheetId, text });
  await set(text);
  return () => set("");
}
