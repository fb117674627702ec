// A course in several languages, in the theme for a frame.

import { speaks } from "./languages";
import { beside, test } from "./site";

test.use({ site: beside("compact") });
speaks("compact");
