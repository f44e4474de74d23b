// The page as a file, or at an address that takes nothing in.

import { start } from "./page.js";

start();
