// A page for a story in ink, as plain as it can be: what was said grows downward, and choices are buttons. It stands
// behind inkjs and the compiled story, in one script.

const story = new inkjs.Story(STORY);
const talk = document.querySelector("#talk");
const goodwill = document.querySelector("#goodwill");

function tell() {
  while (story.canContinue) talk.append(Object.assign(document.createElement("p"), { textContent: story.Continue() }));
  goodwill.textContent = story.variablesState.goodwill;
  const choices = document.createElement("div");
  choices.className = "choices";
  for (const { index, text } of story.currentChoices) {
    const button = Object.assign(document.createElement("button"), { className: "choice", textContent: text });
    button.addEventListener("click", () => {
      choices.remove();
      story.ChooseChoiceIndex(index);
      tell();
    });
    choices.append(button);
  }
  talk.append(choices);
  choices.previousElementSibling?.scrollIntoView();
}

tell();
