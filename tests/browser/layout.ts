// Layout checks for any page and state: nothing is cut off, overlaps or is too small.

import { expect, type Page } from "./site";

/** The smallest text on paper, in CSS pixels: 8 points, since paper is read from closer up. */
export const SMALLEST_ON_PAPER = (8 * 96) / 72;

/** Expects that nothing is wider than the page, no text is smaller than `least` or overlaps another, and no control is smaller
 *  than 24 pixels. */
export async function expectFits(page: Page, where = "", least = 12): Promise<void> {
  const problems = await page.evaluate((least) => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const small: string[] = [];
    const isVisible = (each: Element) => each.checkVisibility() && !each.closest(".unseen, .skip");
    /** The box of the nearest ancestor that clips its content: only the text inside it shows. */
    const clip = (each: Element | null): DOMRect | null => {
      if (!each || each === document.body) return null;
      return getComputedStyle(each).overflow === "visible" ? clip(each.parentElement) : each.getBoundingClientRect();
    };
    const texts: { node: Text; box: DOMRect }[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode as Text;
      const parent = node.parentElement!;
      if (!node.data.trim() || !isVisible(parent)) continue;
      const svg = parent.closest("svg");
      const scale = svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
      const size = parseFloat(getComputedStyle(parent).fontSize) * scale;
      // A footnote reference may be smaller: it is read with its sentence.
      if (size < least - 0.01 && !parent.closest("sup")) small.push(`${size.toFixed(1)} px: ${node.data}`);
      // A sticky bar overlaps scrolled text by design.
      if (parent.closest(".bar, dialog, option, textarea")) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const frame = clip(parent);
      for (const box of range.getClientRects()) {
        // A line box is taller than its letters.
        const height = Math.min(box.height, size);
        const [left, right] = [Math.max(box.left, frame?.left ?? box.left), Math.min(box.right, frame?.right ?? box.right)];
        const [top, bottom] = [box.y + (box.height - height) / 2, box.y + (box.height + height) / 2];
        const isShown = !frame || (top >= frame.top && bottom <= frame.bottom);
        if (right > left && isShown) texts.push({ node, box: new DOMRect(left, top, right - left, height) });
      }
    }
    const overlaps: string[] = [];
    texts.sort((one, other) => one.box.top - other.box.top);
    texts.forEach(({ node, box }, place) => {
      for (let next = place + 1; next < texts.length && texts[next]!.box.top < box.bottom - 2; next++) {
        const { node: other, box: otherBox } = texts[next]!;
        const shared = Math.min(box.right, otherBox.right) - Math.max(box.left, otherBox.left);
        if (node !== other && shared > 2) overlaps.push(`${node.data.trim().slice(0, 40)} / ${other.data.trim().slice(0, 40)}`);
      }
    });
    for (const each of document.querySelectorAll("button, summary, .choice, .go, input, textarea")) {
      const { width, height } = (each.closest("label") ?? each).getBoundingClientRect();
      if (isVisible(each) && !each.matches(":disabled") && Math.min(width, height) < 24) small.push(`control: ${each.outerHTML}`);
    }
    return { overflow: scrollWidth - clientWidth, small, overlaps };
  }, least);
  expect(problems, where).toEqual({ overflow: 0, small: [], overlaps: [] });
}

/** How many pixels the page is wider than its window. */
export const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** How many sheets of A4 the page prints on. */
export async function countPrintedPages(page: Page): Promise<number> {
  return (await page.pdf({ format: "A4" })).toString("latin1").match(/\/Type\s*\/Page\b/g)!.length;
}

/** Widens the text spacing as far as WCAG 1.4.12 lets a reader's own style do. Returns a function that undoes it. */
export async function widenTextSpacing(page: Page): Promise<() => Promise<unknown>> {
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
