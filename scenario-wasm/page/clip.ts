/** Copying, also where a frame or a browser refuses the clipboard. */

/** Copies the text; where that is refused it selects the field that shows it, for the reader's own keys. Says which. */
export async function copied(text: string, field: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    field.textContent = text;
    getSelection()?.selectAllChildren(field);
    return false;
  }
}
