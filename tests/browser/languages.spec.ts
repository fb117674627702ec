// A course in several languages, in the default theme.

import { speaks } from "./languages";
import { beside, test } from "./site";

test.use({ site: beside("languages") });
speaks("languages");
