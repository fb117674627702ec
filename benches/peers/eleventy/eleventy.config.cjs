// The course for Eleventy, with the footnotes and the ids of headings that the others have built in.

module.exports = (eleventy) => {
  eleventy.amendLibrary("md", (markdown) => {
    markdown.use(require("markdown-it-footnote"));
    markdown.core.ruler.push("ids", ({ tokens }) => {
      tokens.forEach((token, at) => {
        if (token.type === "heading_open") token.attrSet("id", tokens[at + 1].content.toLowerCase().replaceAll(" ", "-"));
      });
    });
  });
  // Neighbors are found once: the filters for it look through all pages for each page.
  eleventy.addCollection("lessons", (all) => {
    const lessons = all.getFilteredByGlob("content/lessons/**/*.md").sort((one, other) => one.data.weight - other.data.weight);
    lessons.forEach((lesson, at) => Object.assign(lesson.data, { before: lessons[at - 1], next: lessons[at + 1] }));
    return lessons;
  });
  eleventy.addFilter("headings", (html) => [...html.matchAll(/<h2 id="(.*?)">(.*?)<\/h2>/g)].map(([, id, title]) => ({ id, title })));
  return { dir: { input: "content", includes: "../_includes" }, markdownTemplateEngine: false };
};
