// Owns `npm run licences`: docs/licences.md, every package that is needed at run time with its licence, read from the
// lockfile. A licence or an install script that nobody has agreed to ends it with what to do; `--check` writes nothing and ends the same
// way where the document is not what it would write.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const DOCUMENT = 'docs/licences.md'

/** SPDX; each may be used, changed and passed on with Vigie under the MIT licence, with its text. */
const AGREED = [
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'Apache-2.0',
  // Its files stay under it; Vigie changes none of them.
  'MPL-2.0',
]

/** Read by a person, because the package does not say it in SPDX. */
const READ = { 'dejavu-fonts-ttf': 'Bitstream-Vera AND LicenseRef-Arev' }

/** What may run code while it is installed. */
const SCRIPTS = []

/** What is wrong with the lockfile, one sentence each, and the document that tells of it. */
export function licencesOf(lock, scripts = SCRIPTS) {
  const problems = []
  const rows = new Map()
  for (const [path, { version, license, dev, link, hasInstallScript }] of Object.entries(
    lock.packages,
  )) {
    if (!path.includes('node_modules/') || link) continue
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
    if (hasInstallScript && !scripts.includes(name)) {
      problems.push(
        `${name} ${version} runs a script while it is installed: do without it, or agree to it in scripts/licences.mjs and in "allowScripts" of package.json`,
      )
    }
    if (dev) continue
    const written = READ[name] ?? license
    if (!READ[name] && !isAgreed(written)) {
      problems.push(
        `${name} ${version} has the licence "${written ?? 'none'}": do without it, or agree to it in scripts/licences.mjs`,
      )
    }
    rows.set(`${name} ${version}`, `| ${name} | ${version} | ${written ?? ''} |`)
  }
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
  return { problems, document: documentOf(sorted) }
}

function isAgreed(licence) {
  if (typeof licence !== 'string') return false
  const bare = licence.replace(/^\(|\)$/g, '')
  // Of several that are offered one is enough.
  if (bare.includes(' OR ')) return bare.split(' OR ').some(isAgreed)
  return bare.split(' AND ').every((one) => AGREED.includes(one))
}

function documentOf(rows) {
  return `# Licences

Vigie is under the [MIT licence](../LICENSE). These ${rows.length} packages are installed to run it, each under its own; their texts are in
\`node_modules\`. Written by \`npm run licences\` from the lockfile; what is needed only to build and test is not in it.

<!-- prettier-ignore -->
| package | version | licence |
| --- | --- | --- |
${rows.join('\n')}
`
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const lock = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8'))
  const { problems, document } = licencesOf(lock)
  if (process.argv.includes('--check')) {
    let written = ''
    try {
      written = readFileSync(root + DOCUMENT, 'utf8')
    } catch {
      // It is missing, which is another than it should be.
    }
    if (written !== document) problems.push(`${DOCUMENT} is old: run "npm run licences"`)
  } else writeFileSync(root + DOCUMENT, document)
  for (const problem of problems) process.stderr.write(`${problem}\n`)
  process.exitCode = problems.length > 0 ? 1 : 0
}
