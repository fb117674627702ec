/** Reads the current words aloud, with a voice of this device, never one that sends the words elsewhere. */

const { lang } = document.documentElement;

/** A voice of this device that speaks the page's language. */
function voice(): SpeechSynthesisVoice | undefined {
  const begins = lang.split("-")[0] ?? lang;
  return speechSynthesis.getVoices().find((voice) => voice.localService && voice.lang.toLowerCase().startsWith(begins.toLowerCase()));
}

/** Calls back once there is such a voice, if ever. */
export function whenThereIsAVoice(then: () => void): void {
  if (!("speechSynthesis" in window)) return;
  const look = () => {
    if (!voice()) return;
    speechSynthesis.removeEventListener("voiceschanged", look);
    addEventListener("pagehide", () => speechSynthesis.cancel());
    then();
  };
  speechSynthesis.addEventListener("voiceschanged", look);
  look();
}

/** Starts to read, or stops. Returns whether it reads now; calls back at the end. */
export function readAloud(ended: () => void): boolean {
  const begins = !speechSynthesis.speaking;
  speechSynthesis.cancel();
  const words = begins ? atHand() : [];
  words.forEach((text, place) => {
    const said = new SpeechSynthesisUtterance(text);
    Object.assign(said, { voice: voice() ?? null, lang });
    if (place === words.length - 1) said.addEventListener("end", ended);
    speechSynthesis.speak(said);
  });
  return begins;
}

/** In a play the last two turns, elsewhere the main content of the page. */
function atHand(): string[] {
  const turns = [...document.querySelectorAll<HTMLElement>(".stage .beat")].slice(-2);
  const shown = turns.length ? turns : [...document.querySelectorAll<HTMLElement>("main")];
  return shown.flatMap((each) => each.innerText.split("\n")).map((line) => line.trim()).filter(Boolean);
}
