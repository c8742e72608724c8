// Roots of machines of our own making, for tests: files, links and programs beneath a directory that goes when the test ends.
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A path that ends with a slash is a directory; a link says where it points, a program what it is, as a shell script. */
export type Tree = Readonly<
  Record<string, string | Buffer | { readonly link: string } | { readonly program: string }>
>

/** Makes the root and gives its path, with a slash at its end. */
export async function machineOf(tree: Tree): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'vigie-machine-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  for (const [path, content] of Object.entries(tree)) await make(join(root, path), path, content)
  return `${root}/`
}

async function make(place: string, path: string, content: Tree[string]): Promise<void> {
  await mkdir(path.endsWith('/') ? place : dirname(place), { recursive: true })
  if (path.endsWith('/')) return
  if (typeof content === 'string' || Buffer.isBuffer(content)) await writeFile(place, content)
  else if ('link' in content) await symlink(content.link, place)
  else {
    await writeFile(place, `#!/bin/sh\n${content.program}`)
    await chmod(place, 0o755)
  }
}
