// Prints docs/compatibility.md from the manifest. Run: npm run compatibility

import { writeFileSync } from 'node:fs'
import { compatibilityPage } from '../tests/requirements/compatibility-page.ts'
import { requirements } from '../tests/requirements.ts'

writeFileSync(new URL('../docs/compatibility.md', import.meta.url), compatibilityPage(requirements))
