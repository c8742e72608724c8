import { execFileSync } from 'node:child_process'
import {
  createReadStream,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openOutput } from './output-file.ts'

async function tempDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'vigie-output-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  return directory
}

async function write(path: string, content: string): Promise<void> {
  const file = await openOutput(path)
  file.stream.write(content)
  await file.finish()
}

describe('a file that a command writes', () => {
  it('appears when it is whole, and stays what it was when it is given up', async () => {
    const directory = await tempDirectory()
    const path = join(directory, 'out')
    writeFileSync(path, 'before')
    const file = await openOutput(path)
    file.stream.write('after')
    expect(readFileSync(path, 'utf8')).toBe('before')
    file.abandon()
    expect(readdirSync(directory)).toEqual(['out'])
    expect(readFileSync(path, 'utf8')).toBe('before')
    await write(path, 'after')
    expect(readFileSync(path, 'utf8')).toBe('after')
    expect(readdirSync(directory)).toEqual(['out'])
  })

  it('is the one that a link leads to', async () => {
    const directory = await tempDirectory()
    writeFileSync(join(directory, 'file'), 'before')
    symlinkSync('file', join(directory, 'link'))
    await write(join(directory, 'link'), 'after')
    expect(readFileSync(join(directory, 'file'), 'utf8')).toBe('after')
    expect(readdirSync(directory)).toEqual(['file', 'link'])
  })

  it('is never put in the place of a pipe or a device', async () => {
    const directory = await tempDirectory()
    const path = join(directory, 'pipe')
    execFileSync('mkfifo', [path])
    const read = text(createReadStream(path))
    await write(path, 'through')
    expect(await read).toBe('through')
    expect(statSync(path).isFIFO()).toBe(true)
  })

  it('says in words why it cannot be written', async () => {
    const directory = await tempDirectory()
    await expect(openOutput(directory)).rejects.toThrow('it is a directory')
    await expect(openOutput(join(directory, 'no', 'out'))).rejects.toThrow('does not exist')
  })
})
