// Owns which packages of npm a hub runs with, and what of each is shipped.
import { cpSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './install.mjs'
import { nodePackage, thisTarget } from './pinned-node.mjs'

const NODE = nodePackage(thisTarget)

/** Paths of the packages that the hub runs with, as the lockfile has them: Node, and what hub and shared depend on. */
export function neededModules() {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const found = new Set([`node_modules/${NODE}`])
  const visit = (from) => {
    const { dependencies = {}, optionalDependencies = {} } = packages[from] ?? {}
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const path = lookUp(packages, from, name)
      // Optional ones for other systems are in the lockfile, and not on the disk.
      if (path === undefined && name in optionalDependencies) continue
      if (path === undefined) throw new Error(`${name} is not installed: run npm ci`)
      if (found.has(path) || packages[path].link) continue
      found.add(path)
      visit(path)
    }
  }
  visit('hub')
  visit('shared')
  return [...found].sort()
}

/** As Node looks: from the package upwards. */
function lookUp(packages, from, name) {
  for (
    let at = from;
    ;
    at = at.includes('/node_modules/') ? at.slice(0, at.lastIndexOf('/node_modules/')) : ''
  ) {
    const path = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`
    if (packages[path] && existsSync(join(root, path))) return path
    if (at === '') return undefined
  }
}

/** Of a package: its own tests, and files that its makers work with. */
const NOT_SHIPPED =
  /^(tests?|spec|integration|benchmarks?|examples?|docs?|tools|scripts)(\/|$)|(^|\/)\.[^/]+$|^[^/]+\.html$/

const NOT_HERE = {
  [NODE]: /^(?!bin(\/node)?$|package\.json$|LICENSE$)/,
  'better-sqlite3': /^(deps|src|binding\.gyp)/,
  'dejavu-fonts-ttf': /^ttf\/(?!DejaVuSans\.ttf$)/,
}

/** Copies one of them, without what no program of ours runs. */
export function copyModule(path, to) {
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
  const source = join(root, path)
  const others = new RegExp(`prebuilds/(?!linux-${process.arch})|musl`)
  cpSync(source, to, {
    recursive: true,
    dereference: true,
    filter(from) {
      const inside = from.slice(source.length + 1)
      if (inside === '') return true
      // Nested ones come by their own path.
      if (inside === 'node_modules' || NOT_HERE[name]?.test(inside)) return false
      if (NOT_SHIPPED.test(inside)) return false
      return !others.test(inside) && !/\.map$|\.d\.[cm]?ts$/.test(inside)
    },
  })
}
